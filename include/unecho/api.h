// The shared library shows what is declared with UNECHO_API, and nothing else. Cost: none. Threads: any. Failure: none.
#ifndef UNECHO_API_H_
#define UNECHO_API_H_

#define UNECHO_API __attribute__((visibility("default")))

#endif  // UNECHO_API_H_
