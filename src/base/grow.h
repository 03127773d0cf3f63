// Growth of the buffers that are as long as the record they are for.
//
// A vector that is too small takes twice its size, whatever it is told, and of a large record that is much: what it
// had is there beside it until it is copied. By halves is as good, and stays linear.
#ifndef UNECHO_SRC_BASE_GROW_H_
#define UNECHO_SRC_BASE_GROW_H_

#include <cstddef>

namespace unecho {

// At least `count` elements; those that were there stay. What is new is zero.
template <typename Vector>
void GrowTo(Vector& vector, size_t count) {
  if (count <= vector.size()) return;
  if (count > vector.capacity()) vector.reserve(count + count / 2);
  vector.resize(vector.capacity());
}

}  // namespace unecho

#endif  // UNECHO_SRC_BASE_GROW_H_
