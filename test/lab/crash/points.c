/*
 * Preloaded into every program of machine A (by A's own /etc/ld.so.preload): counts the calls by which the helper, and
 * whatever it starts, changes a file or the kernel's rules, and at the n-th one kills or makes it fail. The programs
 * know nothing of it. What is to be done stands in /mnt/crash/control, a page that all of them share; run.py writes it.
 *
 *   cc -shared -fPIC -O1 -o points.so points.c -ldl
 *
 * Only programs that were started while it was armed are counted. Two counts: changes (files below /etc, /var/lib
 * and /proc/sys; a batch of rules on its way to the kernel; a message to firewalld), and starts of programs. What fails for want of a disk, fails
 * below /tmp too.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum fault { NONE, KILL_ALONE, KILL_ALL, KILL_IN_WRITE, PROGRAM_FAILS, PROGRAM_HANGS, FULL, READ_ONLY, BROKEN };
enum kind { OTHER, MAKES, WRITES, SYNCS, RULES, STARTS };
#define LOGGED 2000
struct point {
  uint32_t pid, kind;
  char call[16], what[104];
};
struct control {
  uint32_t armed, fault, at, helper, changes, starts, hit;
  struct point log[LOGGED], started[LOGGED];
};

static struct control *control;
static int counted; /* this program was started while it was armed */
static int asks;    /* it is firewall-cmd, which asks a daemon for what it wants */

static int below(const char *path, const char *folder) { return strncmp(path, folder, strlen(folder)) == 0; }
static int is_temporary(const char *path) { return below(path, "/tmp/"); }
static int on_disk(const char *path) {
  return below(path, "/etc/") || below(path, "/var/lib/") || is_temporary(path);
}

/* The helper and all that descends from it; this program last. */
static void kill_all(void) {
  static pid_t found[512];
  int count = 0, before = -1;
  found[count++] = control->helper;
  if (control->helper != (uint32_t)getpid()) kill(control->helper, SIGSTOP);
  while (count != before) {
    before = count;
    DIR *proc = opendir("/proc");
    for (struct dirent *entry; proc && (entry = readdir(proc));) {
      int pid = atoi(entry->d_name), parent = 0, known = 0, wanted = 0;
      char path[64];
      snprintf(path, sizeof path, "/proc/%d/stat", pid);
      FILE *stat = pid > 0 ? fopen(path, "r") : NULL;
      if (!stat) continue;
      if (fscanf(stat, "%*d (%*[^)]) %*c %d", &parent) != 1) parent = 0;
      fclose(stat);
      for (int at = 0; at < count; at++) {
        known |= found[at] == pid;
        wanted |= found[at] == parent;
      }
      if (wanted && !known && count < 512) found[count++] = pid;
    }
    if (proc) closedir(proc);
  }
  for (int at = 0; at < count; at++)
    if (found[at] != getpid()) kill(found[at], SIGKILL);
  kill(getpid(), SIGKILL);
}

static void note(struct point *log, uint32_t at, enum kind kind, const char *call, const char *what) {
  if (at >= LOGGED) return;
  log[at].pid = getpid();
  log[at].kind = kind;
  strncpy(log[at].call, call, sizeof log[at].call - 1);
  strncpy(log[at].what, what, sizeof log[at].what - 1);
}

/* A change is about to be made. An error number: it fails with that. `half`: its write is to be cut and then it dies. */
static int point(enum kind kind, const char *call, const char *path, int *half) {
  if (!counted || !control->armed) return 0;
  int disk = kind != RULES && on_disk(path);
  if (kind != RULES && !disk && !below(path, "/proc/sys/")) return 0;
  uint32_t at = control->hit ? control->at + 1 : 0;
  if (!is_temporary(path)) {
    at = __atomic_add_fetch(&control->changes, 1, __ATOMIC_SEQ_CST);
    note(control->log, at, kind, call, path);
  }
  if (at < control->at || control->fault == NONE || control->fault == PROGRAM_FAILS || control->fault == PROGRAM_HANGS)
    return 0;
  int now = at == control->at;
  if (now) control->hit = 1;
  switch (control->fault) {
  case KILL_ALONE:
    if (now) kill(control->helper, SIGKILL);
    return 0;
  case KILL_ALL:
    if (now) kill_all();
    return 0;
  case KILL_IN_WRITE:
    if (now && half) *half = 1;
    return 0;
  case FULL:
    return disk && (kind == MAKES || kind == WRITES) ? ENOSPC : 0;
  case READ_ONLY:
    return disk && kind != SYNCS ? EROFS : 0;
  case BROKEN:
    return disk && now ? EIO : 0;
  default:
    return 0;
  }
}

static int is_client(void) {
  char words[300] = "";
  int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
  ssize_t size = fd < 0 ? 0 : read(fd, words, sizeof words - 1);
  if (fd >= 0) close(fd);
  for (ssize_t at = 0; at < size; at += strlen(words + at) + 1)
    if (strstr(words + at, "firewall-cmd")) return 1;
  return 0;
}

__attribute__((constructor)) static void start(void) {
  int fd = open("/mnt/crash/control", O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  control = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (control == MAP_FAILED || !control->armed) return;
  counted = 1;
  char program[100] = "";
  ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
  program[size < 0 ? 0 : size] = 0;
  uint32_t at = __atomic_add_fetch(&control->starts, 1, __ATOMIC_SEQ_CST);
  if (at == 1) control->helper = getpid();
  note(control->started, at, STARTS, "start", program);
  asks = is_client();
  if (at != control->at) return;
  if (control->fault == PROGRAM_FAILS) {
    control->hit = 1;
    dprintf(2, "it was made to fail\n");
    _exit(1);
  }
  if (control->fault == PROGRAM_HANGS) {
    control->hit = 1;
    for (;;) pause();
  }
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define FAIL(kind, call, path) \
  do { \
    int error = point(kind, call, path, NULL); \
    if (error) { \
      errno = error; \
      return -1; \
    } \
  } while (0)

/* The file that is open as `fd`; empty where it is none. */
static const char *path_of(int fd, char text[300]) {
  char link[40];
  text[0] = 0;
  if (!counted) return text;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, text, 299);
  text[size < 0 ? 0 : size] = 0;
  return text;
}
/* A path that is relative to an open folder, made whole. */
static const char *whole(int folder, const char *path, char text[300]) {
  if (path[0] == '/') return path;
  char base[300];
  if (folder == AT_FDCWD) {
    if (!getcwd(base, sizeof base)) base[0] = 0;
  } else
    path_of(folder, base);
  snprintf(text, 300, "%.150s/%.140s", base, path);
  return text;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = va_arg(more, mode_t); \
    va_end(more); \
    char text[300]; \
    if (counted && (flags & (O_WRONLY | O_RDWR))) \
      FAIL((flags & O_CREAT) && access(path, F_OK) ? MAKES : OTHER, "open", whole(AT_FDCWD, path, text)); \
    return real(path, flags, mode); \
  }
OPEN(open)
OPEN(open64)
#define OPENAT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    REAL(name); \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = va_arg(more, mode_t); \
    va_end(more); \
    char text[300]; \
    if (counted && (flags & (O_WRONLY | O_RDWR))) \
      FAIL((flags & O_CREAT) && faccessat(folder, path, F_OK, 0) ? MAKES : OTHER, "open", whole(folder, path, text)); \
    return real(folder, path, flags, mode); \
  }
OPENAT(openat)
OPENAT(openat64)

/* Half of it gets to the disk, and then everything ends. */
#define CUT(first) \
  int half = 0; \
  char text[300]; \
  int error = counted ? point(WRITES, "write", path_of(fd, text), &half) : 0; \
  if (error) { \
    errno = error; \
    return -1; \
  } \
  if (half) { \
    first; \
    kill_all(); \
  }
ssize_t write(int fd, const void *data, size_t size) {
  REAL(write);
  CUT(real(fd, data, size / 2))
  return real(fd, data, size);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  REAL(pwrite64);
  CUT(real(fd, data, size / 2, at))
  return real(fd, data, size, at);
}
ssize_t writev(int fd, const struct iovec *data, int count) {
  REAL(writev);
  CUT(write(fd, data[0].iov_base, data[0].iov_len / 2))
  return real(fd, data, count);
}
ssize_t sendfile(int fd, int from, off_t *at, size_t size) {
  REAL(sendfile);
  CUT(real(fd, from, at, 700))
  return real(fd, from, at, size);
}
ssize_t sendfile64(int fd, int from, off64_t *at, size_t size) {
  REAL(sendfile64);
  CUT(real(fd, from, at, 700))
  return real(fd, from, at, size);
}
ssize_t copy_file_range(int from, off64_t *from_at, int fd, off64_t *at, size_t size, unsigned flags) {
  REAL(copy_file_range);
  CUT(real(from, from_at, fd, at, 700, flags))
  return real(from, from_at, fd, at, size, flags);
}

#define ON_FD(name, kind, call, parameters, values) \
  int name parameters { \
    REAL(name); \
    char text[300]; \
    FAIL(kind, call, path_of(fd, text)); \
    return real values; \
  }
ON_FD(fsync, SYNCS, "fsync", (int fd), (fd))
ON_FD(fdatasync, SYNCS, "fsync", (int fd), (fd))
ON_FD(ftruncate, OTHER, "truncate", (int fd, off_t size), (fd, size))
ON_FD(ftruncate64, OTHER, "truncate", (int fd, off64_t size), (fd, size))
ON_FD(fchmod, OTHER, "chmod", (int fd, mode_t mode), (fd, mode))
ON_FD(fchown, OTHER, "chown", (int fd, uid_t uid, gid_t gid), (fd, uid, gid))
ON_FD(futimens, OTHER, "utime", (int fd, const struct timespec times[2]), (fd, times))

#define ON_PATH(name, kind, call, folder, parameters, values) \
  int name parameters { \
    REAL(name); \
    char text[300]; \
    if (counted) FAIL(kind, call, whole(folder, path, text)); \
    return real values; \
  }
ON_PATH(rename, OTHER, "rename", AT_FDCWD, (const char *from, const char *path), (from, path))
ON_PATH(renameat, OTHER, "rename", folder, (int of, const char *from, int folder, const char *path),
        (of, from, folder, path))
ON_PATH(unlink, OTHER, "unlink", AT_FDCWD, (const char *path), (path))
ON_PATH(unlinkat, OTHER, "unlink", folder, (int folder, const char *path, int flags), (folder, path, flags))
ON_PATH(mkdir, MAKES, "mkdir", AT_FDCWD, (const char *path, mode_t mode), (path, mode))
ON_PATH(rmdir, OTHER, "rmdir", AT_FDCWD, (const char *path), (path))
ON_PATH(truncate, OTHER, "truncate", AT_FDCWD, (const char *path, off_t size), (path, size))
ON_PATH(chmod, OTHER, "chmod", AT_FDCWD, (const char *path, mode_t mode), (path, mode))
ON_PATH(fchmodat, OTHER, "chmod", folder, (int folder, const char *path, mode_t mode, int flags),
        (folder, path, mode, flags))
ON_PATH(chown, OTHER, "chown", AT_FDCWD, (const char *path, uid_t uid, gid_t gid), (path, uid, gid))
ON_PATH(lchown, OTHER, "chown", AT_FDCWD, (const char *path, uid_t uid, gid_t gid), (path, uid, gid))
ON_PATH(fchownat, OTHER, "chown", folder, (int folder, const char *path, uid_t uid, gid_t gid, int flags),
        (folder, path, uid, gid, flags))
ON_PATH(link, MAKES, "link", AT_FDCWD, (const char *from, const char *path), (from, path))
ON_PATH(symlink, MAKES, "link", AT_FDCWD, (const char *from, const char *path), (from, path))

int utimensat(int folder, const char *path, const struct timespec times[2], int flags) {
  REAL(utimensat);
  char text[300];
  if (counted) FAIL(OTHER, "utime", whole(folder, path, text));
  return real(folder, path, times, flags);
}

/* Rules go to the kernel in batches, each of which it takes whole or not at all; what firewall-cmd wants, to its daemon. */
static int is_batch(const void *data, size_t size) {
  const struct nlmsghdr *header = data;
  return counted && size >= sizeof *header && header->nlmsg_type == 0x10 && header->nlmsg_len <= size;
}
ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  REAL(sendmsg);
  if (asks || (message->msg_iovlen > 0 && is_batch(message->msg_iov[0].iov_base, message->msg_iov[0].iov_len)))
    point(RULES, "rules", "", NULL);
  return real(fd, message, flags);
}
ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
  REAL(sendto);
  if (is_batch(data, size)) point(RULES, "rules", "", NULL);
  return real(fd, data, size, flags, to, length);
}
