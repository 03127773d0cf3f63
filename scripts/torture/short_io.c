// Loaded in front of the C library (LD_PRELOAD): reads and writes take fewer bytes than they were asked for, and are interrupted now and
// then, as pipes, network file systems and signals do. TORTURE_SEED chooses where. pread() is left alone: /proc is read with it, which
// gives its numbers in one piece.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_uint_least64_t calls;
static uint64_t seed = 1;

__attribute__((constructor)) static void ReadSeed(void) {
  const char* text = getenv("TORTURE_SEED");
  if (text != NULL) seed = strtoull(text, NULL, 10) * 2 + 1;
}

static uint64_t Next(void) {
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

ssize_t writev(int fd, const struct iovec* parts, int count) {
  if (IsInterrupted()) return errno = EINTR, -1;
  for (int i = 0; i < count; ++i) {
    if (parts[i].iov_len > 0) return CALL(write, fd, parts[i].iov_base, Fewer(parts[i].iov_len));
  }
  return CALL(writev, fd, parts, count);
}
