// Loaded in front of the C library (LD_PRELOAD): a disk that gives back other bytes of files without a name than were written. One read in
// TORTURE_SEED has a bit turned.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_ulong calls;

static int IsUnnamed(int fd) {
  char name[64], path[4096];
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  const ssize_t size = readlink(name, path, sizeof path - 1);
  if (size <= 0) return 0;
  path[size] = '\0';
  return strstr(path, "/unecho.") != NULL && strstr(path, "(deleted)") != NULL;
}

ssize_t pread64(int fd, void* bytes, size_t size, off64_t at) {
  static ssize_t (*call)(int, void*, size_t, off64_t);
  if (call == NULL) call = (ssize_t(*)(int, void*, size_t, off64_t))dlsym(RTLD_NEXT, "pread64");
  const ssize_t done = call(fd, bytes, size, at);
  const char* const text = getenv("TORTURE_SEED");
  const unsigned long one_in = text != NULL ? strtoul(text, NULL, 10) : 0;
  if (done <= 0 || one_in == 0 || (atomic_fetch_add(&calls, 1) + 1) % one_in != 0 || !IsUnnamed(fd)) return done;
  ((unsigned char*)bytes)[(size_t)done * 7 / 11] ^= 4;
  return done;
}

ssize_t pread(int fd, void* bytes, size_t size, off_t at) { return pread64(fd, bytes, size, at); }
