/* Linked into the static program of scripts/portable.sh in place of what it cannot have or does not need. */
#include <errno.h>
#include <iconv.h>
#include <stddef.h>
#include <strings.h>

/* GMime's init makes its types known, and these three would bring GPGME and GIO along. unecho makes no object of them. */
unsigned long g_mime_stream_get_type(void);
unsigned long g_mime_crypto_context_get_type(void);
unsigned long g_mime_stream_gio_get_type(void) { return g_mime_stream_get_type(); }
unsigned long g_mime_gpg_context_get_type(void) { return g_mime_crypto_context_get_type(); }
unsigned long g_mime_pkcs7_context_get_type(void) { return g_mime_crypto_context_get_type(); }
void* g_mime_gpg_context_new(void) { return NULL; }
void* g_mime_pkcs7_context_new(void) { return NULL; }
const char* gpgme_check_version_internal(const char* wanted, size_t offset) {
  (void)wanted;
  (void)offset;
  return NULL;
}

/* The machine's libraries are made for the C library of the machine: a static program that loads one crashes, sooner
   or later. So libunecho_parquet.so is not loaded, */
void* __wrap_dlopen(const char* file, int mode) {
  (void)file;
  (void)mode;
  return NULL;
}
char* __wrap_dlerror(void) { return (char*)"a static program loads none; that of scripts/package.sh does"; }

/* nor are the charsets of iconv, save those that are in the C library itself. GMime and GLib ask for others, and do
   without; the texts of unecho are converted by ICU. */
iconv_t __real_iconv_open(const char* to, const char* from);
static int is_built_in(const char* charset) {
  return strcasecmp(charset, "UTF-8") == 0 || strcasecmp(charset, "ASCII") == 0 || strcasecmp(charset, "US-ASCII") == 0 ||
         strcasecmp(charset, "ANSI_X3.4-1968") == 0;
}
iconv_t __wrap_iconv_open(const char* to, const char* from) {
  if (is_built_in(to) && is_built_in(from)) return __real_iconv_open(to, from);
  errno = EINVAL;
  return (iconv_t)-1;
}
