// Who is told what a run says, and how far it is.
//
// Cost:    a call a message. Threads: messages come from the thread that called the run; progress is read from any
//          thread.
// Failure: none: nobody has to listen.
#ifndef UNECHO_LISTENER_H_
#define UNECHO_LISTENER_H_

#include <atomic>
#include <cstdint>
#include <string_view>

#include "unecho/api.h"

namespace unecho {

// What a run lets others see while it goes on.
struct Progress {
  std::atomic<uint64_t> bytes{0};        // decompressed bytes read
  std::atomic<uint64_t> total_bytes{0};  // that will be read; 0 if that is not known (pipes, compressed files)
  std::atomic<uint64_t> records{0};
  std::atomic<uint64_t> kept{0};
  std::atomic<const char*> phase{"reading"};
};

// Hears nothing by itself; a caller overrides what it wants to know.
class UNECHO_API Listener {
 public:
  virtual ~Listener() = default;
  virtual void Info(std::string_view /*text*/) {}        // lines for people, with their line ends
  virtual void Warning(std::string_view /*message*/) {}  // what nobody should miss: one message, without a line end
  virtual void Verbose(std::string_view /*message*/) {}  // details of the run: one message, without a line end
  virtual bool verbose() const { return false; }         // whether details are wanted
  // `progress` outlives the run; StopProgress() comes before that ends.
  virtual void StartProgress(const Progress* /*progress*/) {}
  virtual void StopProgress() {}
};

}  // namespace unecho

#endif  // UNECHO_LISTENER_H_
