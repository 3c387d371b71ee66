// Counts how often each thread asks for memory. The program that is linked with this asks here, and so do the libraries it
// loads; glibc's own functions then give the memory.
#include "allocation_counter.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *old, size_t bytes);
void *__libc_memalign(size_t alignment, size_t bytes);

static __thread long count;

void *malloc(size_t bytes) {
    count += 1;
    return __libc_malloc(bytes);
}

void *calloc(size_t number, size_t bytes) {
    count += 1;
    return __libc_calloc(number, bytes);
}

void *realloc(void *old, size_t bytes) {
    count += 1;
    return __libc_realloc(old, bytes);
}

void *aligned_alloc(size_t alignment, size_t bytes) {
    count += 1;
    return __libc_memalign(alignment, bytes);
}

int posix_memalign(void **result, size_t alignment, size_t bytes) {
    count += 1;
    void *memory = __libc_memalign(alignment, bytes);
    if (memory == NULL) return ENOMEM;
    *result = memory;
    return 0;
}

long allocations_of_this_thread(void) { return count; }
