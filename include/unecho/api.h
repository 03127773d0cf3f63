// What the shared library shows: whatever is declared with UNECHO_API, and nothing else.
#ifndef UNECHO_API_H_
#define UNECHO_API_H_

#define UNECHO_API __attribute__((visibility("default")))

#endif  // UNECHO_API_H_
