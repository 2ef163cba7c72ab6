// Loaded before the C library: the N-th call of the kind $FAIL_CALL on a regular file fails as on a full disk.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_int calls;

static int fails(const char *call) {
    const char *kind = getenv("FAIL_CALL"), *at = getenv("FAIL_AT");
    if (!kind || !at || strcmp(kind, call)) return 0;
    return atomic_fetch_add(&calls, 1) + 1 == atoi(at);
}

static int is_file(int fd) {
    struct stat found;
    return !fstat(fd, &found) && S_ISREG(found.st_mode);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    if (is_file(fd) && fails("write")) return errno = ENOSPC, -1;
    return ((ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write"))(fd, bytes, count);
}

int fsync(int fd) {
    if (is_file(fd) && fails("fsync")) return errno = EIO, -1;
    return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}
