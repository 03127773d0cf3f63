// Loaded in front of the C library (LD_PRELOAD): reads and writes take fewer bytes than they were asked for, and are interrupted now and
// then, as pipes, network file systems and signals do. TORTURE_SEED chooses where.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_uint_least64_t calls;

static uint64_t Next(void) {
  static uint64_t seed;
  if (seed == 0) {
    const char* text = getenv("TORTURE_SEED");
    seed = text == NULL ? 1 : strtoull(text, NULL, 10) * 2 + 1;
  }
  uint64_t x = seed + 0x9e3779b97f4a7c15u * (1 + atomic_fetch_add(&calls, 1));
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

// How many of `size` bytes: all of them, a few, or one.
static size_t Fewer(size_t size) {
  const uint64_t chance = Next();
  if (size < 2 || chance % 4 == 0) return size;
  const size_t most = chance % 4 == 1 ? 1 : chance % 4 == 2 ? 100 : size;
  return 1 + (size_t)(Next() % (most < size ? most : size));
}

static int IsInterrupted(void) { return Next() % 16 == 0; }

#define CALL(name, ...) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))(__VA_ARGS__)

ssize_t read(int fd, void* bytes, size_t size) {
  if (IsInterrupted()) return errno = EINTR, -1;
  return CALL(read, fd, bytes, Fewer(size));
}

ssize_t write(int fd, const void* bytes, size_t size) {
  if (IsInterrupted()) return errno = EINTR, -1;
  return CALL(write, fd, bytes, Fewer(size));
}

ssize_t pread64(int fd, void* bytes, size_t size, off64_t at) {
  if (IsInterrupted()) return errno = EINTR, -1;
  return CALL(pread64, fd, bytes, Fewer(size), at);
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  if (IsInterrupted()) return errno = EINTR, -1;
  return CALL(pwrite64, fd, bytes, Fewer(size), at);
}
