// Threads that share the work of large calls, and each thread's scratch memory.
//
// A region is a count of tasks. The thread that opens it and the pool's threads claim tasks one by one until none is
// left: some from the first on, the others from the last, so that what a thread wrote in one region is often what it reads
// in the next one, still in its cache. There is one region at a time: a second thread that comes meanwhile does its tasks
// itself, and so does a task that opens a region. Which thread does a task never changes what it computes.

#include "../pool.h"

#include "CKernels.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

// The region in one word, so that a claim sees all of it at once: the region's number, and the tasks that are left to claim,
// from `first` up to `end`.
#define MY_TASK_BITS 20
#define MY_TASK_MASK (((uint64_t)1 << MY_TASK_BITS) - 1)
static uint64_t my_word(uint64_t region, uint64_t end, uint64_t first) {
  return region << (2 * MY_TASK_BITS) | end << MY_TASK_BITS | first;
}

static struct {
  _Alignas(64) _Atomic uint64_t word;
  // Read only by who has claimed a task, written only while there is none to claim.
  my_task *task;
  void *context;
  _Alignas(64) _Atomic size_t unfinished;
  _Alignas(64) atomic_bool busy;
  _Atomic int sleeping;
  pthread_mutex_t mutex;
  pthread_cond_t wakes;
} my_pool = {.mutex = PTHREAD_MUTEX_INITIALIZER, .wakes = PTHREAD_COND_INITIALIZER};

// How often a thread looks for the next region before it sleeps: some tens of microseconds.
#define MY_SPINS 1000

static inline void my_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Does tasks of the region that `word` tells until none is left to claim, the last ones first if `backward`.
static void my_work(uint64_t word, bool backward) {
  const uint64_t region = word >> (2 * MY_TASK_BITS);
  for (;;) {
    const uint64_t end = word >> MY_TASK_BITS & MY_TASK_MASK, first = word & MY_TASK_MASK;
    if (word >> (2 * MY_TASK_BITS) != region || first >= end) return;
    const uint64_t left = backward ? my_word(region, end - 1, first) : my_word(region, end, first + 1);
    if (!atomic_compare_exchange_weak_explicit(
            &my_pool.word, &word, left, memory_order_acq_rel, memory_order_acquire)) {
      continue;
    }
    my_pool.task(my_pool.context, backward ? end - 1 : first);
    atomic_fetch_sub_explicit(&my_pool.unfinished, 1, memory_order_acq_rel);
    word = atomic_load_explicit(&my_pool.word, memory_order_acquire);
  }
}

// Every second of the pool's threads, the first of them too, works backward.
static void *my_worker(void *backward) {
  uint64_t seen = 0;
  for (;;) {
    uint64_t word = atomic_load_explicit(&my_pool.word, memory_order_acquire);
    for (int spin = 0; word >> (2 * MY_TASK_BITS) == seen && spin < MY_SPINS; spin++) {
      my_pause();
      word = atomic_load_explicit(&my_pool.word, memory_order_acquire);
    }
    if (word >> (2 * MY_TASK_BITS) == seen) {
      pthread_mutex_lock(&my_pool.mutex);
      atomic_fetch_add(&my_pool.sleeping, 1);
      while ((word = atomic_load(&my_pool.word)) >> (2 * MY_TASK_BITS) == seen) {
        pthread_cond_wait(&my_pool.wakes, &my_pool.mutex);
      }
      atomic_fetch_sub(&my_pool.sleeping, 1);
      pthread_mutex_unlock(&my_pool.mutex);
    }
    seen = word >> (2 * MY_TASK_BITS);
    my_work(word, backward != NULL);
  }
  return NULL;
}

static size_t my_started_threads = 1;

// A forked child has none of the threads, and whatever they held stays held: it does its work alone.
static void my_forget_threads(void) { my_started_threads = 1; }

static size_t my_wanted_threads(void) {
  const char *wanted = getenv("MYELIN_NUM_THREADS");
  if (wanted != NULL) {
    const long count = strtol(wanted, NULL, 10);
    if (count >= 1) return count > 1024 ? 1024 : (size_t)count;
  }
  const long cores = sysconf(_SC_NPROCESSORS_ONLN);
  return cores < 1 ? 1 : cores > 64 ? 64 : (size_t)cores;
}

static void my_start_threads(void) {
  const size_t wanted = my_wanted_threads();
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, (size_t)1 << 20);  // some systems' own are too small for sorting's tables
  pthread_atfork(NULL, NULL, my_forget_threads);
  // A thread that can't be started isn't missed: the others do its tasks.
  for (size_t started = 1; started < wanted; started++) {
    pthread_t thread;
    if (pthread_create(&thread, &attributes, my_worker, started % 2 == 1 ? &my_pool : NULL) != 0) break;
    my_started_threads = started + 1;
  }
  pthread_attr_destroy(&attributes);
}

size_t my_thread_count(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, my_start_threads);
  return my_started_threads;
}

void my_parallel(size_t count, my_task *task, void *context) {
  if (count > 1 && count <= MY_TASK_MASK && my_thread_count() > 1 &&
      !atomic_exchange_explicit(&my_pool.busy, true, memory_order_acquire)) {
    const uint64_t region = (atomic_load_explicit(&my_pool.word, memory_order_relaxed) >> (2 * MY_TASK_BITS)) + 1;
    my_pool.task = task;
    my_pool.context = context;
    atomic_store_explicit(&my_pool.unfinished, count, memory_order_relaxed);
    const uint64_t word = my_word(region, count, 0);
    // In one order with the count of sleepers: either they see the region, or they are seen here.
    atomic_store(&my_pool.word, word);
    if (atomic_load(&my_pool.sleeping) > 0) {
      pthread_mutex_lock(&my_pool.mutex);
      pthread_cond_broadcast(&my_pool.wakes);
      pthread_mutex_unlock(&my_pool.mutex);
    }
    my_work(word, false);
    for (int spin = 0; atomic_load_explicit(&my_pool.unfinished, memory_order_acquire) > 0; spin++) {
      if (spin < MY_SPINS) my_pause(); else sched_yield();
    }
    atomic_store_explicit(&my_pool.busy, false, memory_order_release);
    return;
  }
  for (size_t i = 0; i < count; i++) task(context, i);
}

// Scratch memory: a block a thread, freed with it.

static _Thread_local void *my_scratch_block = NULL;
static _Thread_local size_t my_scratch_held = 0;
static pthread_key_t my_scratch_key;

static void my_free_scratch(void *block) {
  free(block);
  my_scratch_block = NULL;
  my_scratch_held = 0;
}

static void my_make_scratch_key(void) { pthread_key_create(&my_scratch_key, my_free_scratch); }

void *my_scratch(size_t bytes) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  if (bytes <= my_scratch_held) return my_scratch_block;
  pthread_once(&once, my_make_scratch_key);
  my_free_scratch(my_scratch_block);
  if (posix_memalign(&my_scratch_block, 64, bytes) != 0) abort();
  pthread_setspecific(my_scratch_key, my_scratch_block);
  my_scratch_held = bytes;
  return my_scratch_block;
}

// Pointers that others keep with a thread, until it ends. They aren't thread-local themselves, only where they lie is: some
// systems take back such memory before the destructors of keys run, which need it.

struct my_keeper {
  void *kept[1 << MY_KEPT_BITS];
  void (*forget)(void *);
};
static _Thread_local struct my_keeper *my_keeper = NULL;
static pthread_key_t my_keeper_key;

static void my_forget_kept(void *keeper_) {
  struct my_keeper *keeper = keeper_;
  my_keeper = NULL;
  for (size_t i = 0; i < 1 << MY_KEPT_BITS; i++) {
    if (keeper->kept[i] != NULL) keeper->forget(keeper->kept[i]);
  }
  free(keeper);
}

static void my_make_keeper_key(void) { pthread_key_create(&my_keeper_key, my_forget_kept); }

static __attribute__((noinline)) void my_find_keeper(void (*forget)(void *)) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, my_make_keeper_key);
  my_keeper = pthread_getspecific(my_keeper_key);
  if (my_keeper != NULL) return;
  my_keeper = calloc(1, sizeof *my_keeper);
  if (my_keeper == NULL) abort();
  my_keeper->forget = forget;
  pthread_setspecific(my_keeper_key, my_keeper);
}

void **my_kept_by_thread(void (*forget)(void *)) {
  if (my_keeper == NULL) my_find_keeper(forget);
  return my_keeper->kept;
}
