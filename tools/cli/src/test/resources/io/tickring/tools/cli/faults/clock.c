/* Moves the wall clock of a process by the nanoseconds, a native 64-bit number, that stand in the file CLOCK_OFFSET. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define NANOS 1000000000LL

static volatile int64_t *offset;

__attribute__((constructor)) static void map(void) {
    const char *path = getenv("CLOCK_OFFSET");
    int fd = path == NULL ? -1 : open(path, O_RDONLY);
    void *mapped = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, fd, 0);
    offset = mapped == MAP_FAILED ? NULL : mapped;
}

static int64_t now(void) {
    struct timespec time;
    syscall(SYS_clock_gettime, CLOCK_REALTIME, &time);
    return time.tv_sec * NANOS + time.tv_nsec + (offset == NULL ? 0 : *offset);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) {
        return syscall(SYS_clock_gettime, clock, time);
    }
    int64_t nanos = now();
    time->tv_sec = nanos / NANOS;
    time->tv_nsec = nanos % NANOS;
    return 0;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    int64_t nanos = now();
    time->tv_sec = nanos / NANOS;
    time->tv_usec = nanos % NANOS / 1000;
    return 0;
}

time_t time(time_t *result) {
    time_t seconds = now() / NANOS;
    if (result != NULL) {
        *result = seconds;
    }
    return seconds;
}
