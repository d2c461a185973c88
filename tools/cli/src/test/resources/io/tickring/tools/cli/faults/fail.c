/*
 * Lets the nth write, truncation or force of a file under FAULT_PATH fail with EIO; with FAULT_LIE it does nothing and
 * says that all went well. With FAULT_ONLY calls of that name alone count. Each such call is told in FAULT_LOG: its number, its name, its file, and EIO where it failed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long calls;

/* Whether this call is to fail. */
static int fails(const char *name, int fd) {
    const char *under = getenv("FAULT_PATH");
    char link[64], path[4096], line[4300];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = under == NULL ? -1 : readlink(link, path, sizeof path - 1);
    const char *only = getenv("FAULT_ONLY");
    if (length < 0 || strncmp(path, under, strlen(under)) != 0 || (only != NULL && strcmp(only, name) != 0)) {
        return 0;
    }
    path[length] = 0;
    if (strstr(path, "/native-") != NULL || strstr(path, ".hlog") != NULL) {
        return 0; /* libraries that are unpacked at each start, and figures: neither holds a tick */
    }
    long number = atomic_fetch_add(&calls, 1) + 1;
    const char *nth = getenv("FAULT_NTH");
    int hit = nth != NULL && number == atol(nth);
    int log = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
    int size = snprintf(line, sizeof line, "%ld %s %s%s\n", number, name, path, hit ? " EIO" : "");
    syscall(SYS_write, log, line, size);
    syscall(SYS_close, log);
    return hit;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL(well) \
    do { \
        if (getenv("FAULT_LIE") != NULL) return (well); \
        errno = EIO; \
        return -1; \
    } while (0)

int fsync(int fd) {
    if (fails("fsync", fd)) FAIL(0);
    return NEXT(fsync)(fd);
}

int fdatasync(int fd) {
    if (fails("fdatasync", fd)) FAIL(0);
    return NEXT(fdatasync)(fd);
}

int ftruncate(int fd, off_t length) {
    if (fails("ftruncate", fd)) FAIL(0);
    return NEXT(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    if (fails("ftruncate", fd)) FAIL(0);
    return NEXT(ftruncate64)(fd, length);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    if (fails("write", fd)) FAIL((ssize_t)count);
    return NEXT(write)(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    if (fails("pwrite", fd)) FAIL((ssize_t)count);
    return NEXT(pwrite)(fd, bytes, count, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    if (fails("pwrite", fd)) FAIL((ssize_t)count);
    return NEXT(pwrite64)(fd, bytes, count, offset);
}
