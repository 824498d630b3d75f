/*
 * lagfs: a read-only FUSE view of a directory that counts every request and answers as late as a loaded file server.
 *
 *   lagfs mount BACKING MNT STATE LOCK [option=value...]   mounts, then serves in the background until unmounted
 *   lagfs ctl STATE [setting=value...]                     changes the server's settings while mounts are in use
 *   lagfs stat STATE                                       prints the settings and the counts per node and in all
 *   lagfs reset STATE                                      sets the counts to zero
 *
 * STATE is a file that all mounts map: many clients (one mount per node), one server. It needs no initialisation, a
 * file of zeros is a valid state. LOCK is a file that the serving process holds locked (flock) until it has ended.
 *
 * Options of a mount: node=K (0) the line that its requests are counted on; attr=S (1), entry=S (1), neg=S (0) how
 * long the kernel may remember attributes, names and missing names, in seconds; keep=0|1 (1) keep the page cache of a
 * file over opens while size and mtime stay the same; direct=0|1 (0) bypass the page cache; threads=N (64);
 * log=FILE one line per request (nanoseconds, process, operation, path, bytes).
 *
 * Settings of the server: meta_us the round trip of every request but read; data_us that of a read; svc_us the time a
 * request occupies one of `slots` (16) service slots; mbps the data rate that all clients share, in megabytes per
 * second. 0 switches svc_us and mbps off. A request takes queueing + service + transfer + round trip.
 *
 * The queues are kept as "free again at" times, not as locks: a client that is killed leaves nothing locked.
 */
#define _GNU_SOURCE
#define FUSE_USE_VERSION 312
#include <fuse_lowlevel.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum { MAX_NODE = 64, MAX_SLOTS = 1024, DEFAULT_SLOTS = 16, EXIT_USAGE = 2 };
#define NANOS_PER_SECOND 1000000000LL

enum operation {
    LOOKUP, LOOKUP_MISSING, GETATTR, OPEN, READ, FLUSH, RELEASE, OPENDIR, READDIR, RELEASEDIR, READLINK, STATFS,
    OPERATIONS
};

static const char *const operation_names[OPERATIONS] = {
    "lookup", "lookup_neg", "getattr", "open", "read", "flush", "release", "opendir", "readdir", "releasedir",
    "readlink", "statfs"
};

typedef _Atomic long long counter;

struct node_counts {
    counter mounts; /* made so far; a node that has one is printed even if it has asked for nothing */
    counter requests[OPERATIONS];
    counter bytes;
    counter wait_ns;
};

struct server {
    counter meta_us, data_us, svc_us, slots, mbps;
    counter slot_free_ns[MAX_SLOTS]; /* CLOCK_MONOTONIC, which all nodes of a host share */
    counter data_free_ns;
    struct node_counts nodes[MAX_NODE + 1];
};

/* One file or directory that the kernel knows about; the path is relative to the backing directory. */
struct inode {
    struct inode *next;
    unsigned long lookups;
    char path[];
};

enum { BUCKETS = 65536 };

static struct server *server;
static struct node_counts *counts;
static int backing_fd;
static FILE *request_log;
static double attr_timeout = 1, entry_timeout = 1, missing_timeout = 0;
static bool keep_cache = true, direct_io = false;
static int threads = 64;

static struct inode *buckets[BUCKETS];
static pthread_mutex_t buckets_lock = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noreturn, format(printf, 2, 3)))
static void die(int status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("lagfs: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(status);
}

/* ---- inodes ---- */

static struct inode **bucket_of(const char *path)
{
    unsigned hash = 5381;
    while (*path)
        hash = hash * 33 ^ (unsigned char)*path++;
    return &buckets[hash % BUCKETS];
}

static const char *path_of(fuse_ino_t number)
{
    return number == FUSE_ROOT_ID ? "" : ((struct inode *)number)->path;
}

/* Finds or makes the inode of a path and counts one lookup on it; NULL when memory is out. */
static struct inode *remember(const char *path)
{
    struct inode **bucket = bucket_of(path);
    pthread_mutex_lock(&buckets_lock);
    struct inode *inode = *bucket;
    while (inode && strcmp(inode->path, path))
        inode = inode->next;
    if (!inode) {
        size_t size = strlen(path) + 1;
        inode = calloc(1, sizeof *inode + size);
        if (inode) {
            memcpy(inode->path, path, size);
            inode->next = *bucket;
            *bucket = inode;
        }
    }
    if (inode)
        inode->lookups++;
    pthread_mutex_unlock(&buckets_lock);
    return inode;
}

static void forget(fuse_ino_t number, uint64_t lookups)
{
    if (number == FUSE_ROOT_ID)
        return;
    struct inode *inode = (struct inode *)number;
    pthread_mutex_lock(&buckets_lock);
    inode->lookups -= lookups;
    if (!inode->lookups) {
        struct inode **link = bucket_of(inode->path);
        while (*link != inode)
            link = &(*link)->next;
        *link = inode->next;
        free(inode);
    }
    pthread_mutex_unlock(&buckets_lock);
}

/* ---- the server's model ---- */

static long long now_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * NANOS_PER_SECOND + time.tv_nsec;
}

static void sleep_until(long long when_ns)
{
    struct timespec when = { when_ns / NANOS_PER_SECOND, when_ns % NANOS_PER_SECOND };
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL) == EINTR)
        ;
}

/* Queues for a resource that is free again at *free_ns, from `when` on; returns when the use of it ends. */
static bool try_occupy(counter *free_ns, long long seen, long long when, long long duration, long long *end)
{
    *end = (seen > when ? seen : when) + duration;
    return atomic_compare_exchange_strong(free_ns, &seen, *end);
}

static long long occupy_slot(long long when, long long duration)
{
    long long slots = server->slots ? server->slots : DEFAULT_SLOTS, end;
    for (;;) {
        counter *first = &server->slot_free_ns[0];
        long long first_free = *first;
        for (long long i = 1; i < slots && first_free > when; i++) {
            long long free_ns = server->slot_free_ns[i];
            if (free_ns < first_free) {
                first = &server->slot_free_ns[i];
                first_free = free_ns;
            }
        }
        if (try_occupy(first, first_free, when, duration, &end))
            return end;
    }
}

static long long occupy_data_link(long long when, long long duration)
{
    long long end;
    while (!try_occupy(&server->data_free_ns, server->data_free_ns, when, duration, &end))
        ;
    return end;
}

static int process_of(int thread)
{
    char name[64], line[256];
    int process = thread;
    snprintf(name, sizeof name, "/proc/%d/status", thread);
    FILE *status = fopen(name, "re");
    if (!status)
        return thread;
    while (fgets(line, sizeof line, status))
        if (sscanf(line, "Tgid: %d", &process) == 1)
            break;
    fclose(status);
    return process;
}

/* Counts a request and returns when the server would have answered it. */
static void serve(fuse_req_t request, enum operation operation, const char *path, const char *name, long long bytes)
{
    static _Thread_local bool prepared;
    if (!prepared) {
        prctl(PR_SET_TIMERSLACK, 1000);
        prepared = true;
    }
    long long start = now_ns(), end = start;
    /* The kernel sends these on its own and nobody waits for them. */
    bool remote = operation != RELEASE && operation != RELEASEDIR && operation != STATFS;
    if (remote) {
        if (server->svc_us)
            end = occupy_slot(end, server->svc_us * 1000);
        long long mbps = server->mbps;
        if (operation == READ && mbps)
            end = occupy_data_link(end, bytes * 1000 / mbps);
        end += 1000 * (operation == READ ? server->data_us : server->meta_us);
        if (end > now_ns())
            sleep_until(end);
    }
    counts->requests[operation]++;
    counts->bytes += bytes;
    counts->wait_ns += now_ns() - start;
    if (request_log)
        fprintf(request_log, "%lld %d %s %s%s%s %lld\n", start, process_of(fuse_req_ctx(request)->pid),
                operation_names[operation], path, *path && name ? "/" : "", name ? name : "", bytes);
}

/* ---- FUSE requests ---- */

static const char *at(const char *path)
{
    return *path ? path : ".";
}

static int attributes_of(const char *path, struct stat *attributes)
{
    return fstatat(backing_fd, at(path), attributes, AT_SYMLINK_NOFOLLOW) ? errno : 0;
}

static void on_init(void *data, struct fuse_conn_info *connection)
{
    (void)data;
    connection->want &= ~FUSE_CAP_READDIRPLUS;
    connection->want |= connection->capable & (FUSE_CAP_PARALLEL_DIROPS | FUSE_CAP_SPLICE_READ
                                               | FUSE_CAP_SPLICE_WRITE | FUSE_CAP_SPLICE_MOVE);
}

static void on_lookup(fuse_req_t request, fuse_ino_t parent, const char *name)
{
    const char *parent_path = path_of(parent);
    char path[PATH_MAX];
    struct fuse_entry_param entry = { .attr_timeout = attr_timeout, .entry_timeout = entry_timeout };
    int length = snprintf(path, sizeof path, "%s%s%s", parent_path, *parent_path ? "/" : "", name);
    int error = length < (int)sizeof path ? attributes_of(path, &entry.attr) : ENAMETOOLONG;

    serve(request, error ? LOOKUP_MISSING : LOOKUP, parent_path, name, 0);
    if (error == ENOENT && missing_timeout > 0) {
        entry.entry_timeout = missing_timeout; /* with inode 0: the kernel may remember that the name is missing */
        fuse_reply_entry(request, &entry);
        return;
    }
    struct inode *inode = error ? NULL : remember(path);
    if (!inode) {
        fuse_reply_err(request, error ? error : ENOMEM);
        return;
    }
    entry.ino = (fuse_ino_t)inode;
    if (fuse_reply_entry(request, &entry))
        forget(entry.ino, 1);
}

static void on_forget(fuse_req_t request, fuse_ino_t number, uint64_t lookups)
{
    forget(number, lookups);
    fuse_reply_none(request);
}

static void on_forget_multi(fuse_req_t request, size_t count, struct fuse_forget_data *list)
{
    for (size_t i = 0; i < count; i++)
        forget(list[i].ino, list[i].nlookup);
    fuse_reply_none(request);
}

static void on_getattr(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    (void)file;
    struct stat attributes;
    serve(request, GETATTR, path_of(number), NULL, 0);
    int error = attributes_of(path_of(number), &attributes);
    if (error)
        fuse_reply_err(request, error);
    else
        fuse_reply_attr(request, &attributes, attr_timeout);
}

static void on_open(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    serve(request, OPEN, path_of(number), NULL, 0);
    if ((file->flags & O_ACCMODE) != O_RDONLY) {
        fuse_reply_err(request, EROFS);
        return;
    }
    int fd = openat(backing_fd, at(path_of(number)), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        fuse_reply_err(request, errno);
        return;
    }
    file->fh = (uint64_t)fd;
    file->direct_io = direct_io;
    file->keep_cache = keep_cache;
    if (fuse_reply_open(request, file))
        close(fd);
}

static void on_read(fuse_req_t request, fuse_ino_t number, size_t size, off_t offset, struct fuse_file_info *file)
{
    struct stat attributes;
    long long bytes = 0;
    if (!fstat((int)file->fh, &attributes) && offset < attributes.st_size) {
        long long left = attributes.st_size - offset;
        bytes = left < (long long)size ? left : (long long)size;
    }
    serve(request, READ, path_of(number), NULL, bytes);
    struct fuse_bufvec buffer = FUSE_BUFVEC_INIT(size);
    buffer.buf[0].flags = FUSE_BUF_IS_FD | FUSE_BUF_FD_SEEK;
    buffer.buf[0].fd = (int)file->fh;
    buffer.buf[0].pos = offset;
    fuse_reply_data(request, &buffer, FUSE_BUF_SPLICE_MOVE);
}

static void on_flush(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    (void)file;
    serve(request, FLUSH, path_of(number), NULL, 0);
    fuse_reply_err(request, 0);
}

static void on_release(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    serve(request, RELEASE, path_of(number), NULL, 0);
    close((int)file->fh);
    fuse_reply_err(request, 0);
}

static void on_opendir(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    serve(request, OPENDIR, path_of(number), NULL, 0);
    int fd = openat(backing_fd, at(path_of(number)), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *directory = fd < 0 ? NULL : fdopendir(fd);
    if (!directory) {
        fuse_reply_err(request, errno);
        if (fd >= 0)
            close(fd);
        return;
    }
    file->fh = (uint64_t)(uintptr_t)directory;
    file->cache_readdir = keep_cache;
    if (fuse_reply_open(request, file))
        closedir(directory);
}

static void on_readdir(fuse_req_t request, fuse_ino_t number, size_t size, off_t offset, struct fuse_file_info *file)
{
    serve(request, READDIR, path_of(number), NULL, 0);
    DIR *directory = (DIR *)(uintptr_t)file->fh;
    char *buffer = malloc(size);
    if (!buffer) {
        fuse_reply_err(request, ENOMEM);
        return;
    }
    size_t used = 0;
    seekdir(directory, offset);
    for (struct dirent *entry; (entry = readdir(directory));) {
        struct stat attributes = { .st_ino = entry->d_ino, .st_mode = DTTOIF(entry->d_type) };
        size_t needed = fuse_add_direntry(request, buffer + used, size - used, entry->d_name, &attributes,
                                          telldir(directory));
        if (needed > size - used)
            break;
        used += needed;
    }
    fuse_reply_buf(request, buffer, used);
    free(buffer);
}

static void on_releasedir(fuse_req_t request, fuse_ino_t number, struct fuse_file_info *file)
{
    serve(request, RELEASEDIR, path_of(number), NULL, 0);
    closedir((DIR *)(uintptr_t)file->fh);
    fuse_reply_err(request, 0);
}

static void on_readlink(fuse_req_t request, fuse_ino_t number)
{
    char target[PATH_MAX];
    serve(request, READLINK, path_of(number), NULL, 0);
    ssize_t length = readlinkat(backing_fd, path_of(number), target, sizeof target - 1);
    if (length < 0) {
        fuse_reply_err(request, errno);
        return;
    }
    target[length] = 0;
    fuse_reply_readlink(request, target);
}

static void on_statfs(fuse_req_t request, fuse_ino_t number)
{
    struct statvfs attributes;
    serve(request, STATFS, path_of(number), NULL, 0);
    if (fstatvfs(backing_fd, &attributes))
        fuse_reply_err(request, errno);
    else
        fuse_reply_statfs(request, &attributes);
}

static const struct fuse_lowlevel_ops operations = {
    .init = on_init,
    .lookup = on_lookup,
    .forget = on_forget,
    .forget_multi = on_forget_multi,
    .getattr = on_getattr,
    .open = on_open,
    .read = on_read,
    .flush = on_flush,
    .release = on_release,
    .opendir = on_opendir,
    .readdir = on_readdir,
    .releasedir = on_releasedir,
    .readlink = on_readlink,
    .statfs = on_statfs,
};

/* ---- commands ---- */

static void map_state(const char *file)
{
    int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        die(EXIT_FAILURE, "cannot open the state: file=%s: %s", file, strerror(errno));
    struct stat attributes;
    if (fstat(fd, &attributes))
        die(EXIT_FAILURE, "cannot read the state: file=%s: %s", file, strerror(errno));
    if (attributes.st_size != 0 && attributes.st_size != (off_t)sizeof *server)
        die(EXIT_FAILURE, "state of another version: file=%s bytes=%lld expected=%zu; unmount and remove it", file,
            (long long)attributes.st_size, sizeof *server);
    if (ftruncate(fd, sizeof *server))
        die(EXIT_FAILURE, "cannot extend the state: file=%s: %s", file, strerror(errno));
    server = mmap(NULL, sizeof *server, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (server == MAP_FAILED)
        die(EXIT_FAILURE, "cannot map the state: file=%s: %s", file, strerror(errno));
    close(fd);
}

/* If `argument` is KEY=VALUE for this key, returns the value, else NULL. */
static const char *value_of(const char *argument, const char *key)
{
    size_t length = strlen(key);
    return !strncmp(argument, key, length) && argument[length] == '=' ? argument + length + 1 : NULL;
}

static double number_in(const char *argument, const char *value, double maximum)
{
    char *end;
    double number = strtod(value, &end);
    if (end == value || *end || !(number >= 0 && number <= maximum))
        die(EXIT_USAGE, "not a number from 0 to %.0f: %s", maximum, argument);
    return number;
}

static void set_mount_option(const char *argument)
{
    const char *value;
    if ((value = value_of(argument, "node")))
        counts = &server->nodes[(int)number_in(argument, value, MAX_NODE)];
    else if ((value = value_of(argument, "attr")))
        attr_timeout = number_in(argument, value, INT_MAX);
    else if ((value = value_of(argument, "entry")))
        entry_timeout = number_in(argument, value, INT_MAX);
    else if ((value = value_of(argument, "neg")))
        missing_timeout = number_in(argument, value, INT_MAX);
    else if ((value = value_of(argument, "keep")))
        keep_cache = number_in(argument, value, 1) != 0;
    else if ((value = value_of(argument, "direct")))
        direct_io = number_in(argument, value, 1) != 0;
    else if ((value = value_of(argument, "threads")))
        threads = (int)number_in(argument, value, 1024);
    else if ((value = value_of(argument, "log"))) {
        request_log = fopen(value, "ae");
        if (!request_log)
            die(EXIT_FAILURE, "cannot open the log: file=%s: %s", value, strerror(errno));
        setvbuf(request_log, NULL, _IOLBF, 0);
    } else
        die(EXIT_USAGE, "unknown option: %s", argument);
}

/* The descriptor stays open, and so the lock held, until the process that serves the mount has ended. */
static void take_lock(const char *file)
{
    int fd = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB))
        die(EXIT_FAILURE, "cannot lock: file=%s: %s", file, strerror(errno));
}

static int mount_and_serve(int argc, char **argv)
{
    const char *backing = argv[0], *mount_point = argv[1];
    close_range(3, ~0U, 0); /* whatever the caller left open must not stay open as long as the mount */
    map_state(argv[2]);
    counts = &server->nodes[0];
    take_lock(argv[3]);
    for (int i = 4; i < argc; i++)
        set_mount_option(argv[i]);
    backing_fd = open(backing, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (backing_fd < 0)
        die(EXIT_FAILURE, "cannot open the backing directory: %s: %s", backing, strerror(errno));

    struct fuse_args arguments = FUSE_ARGS_INIT(0, NULL);
    if (fuse_opt_add_arg(&arguments, "lagfs")
        || fuse_opt_add_arg(&arguments, "-oallow_other,default_permissions,ro,fsname=lagfs,subtype=lagfs"))
        die(EXIT_FAILURE, "out of memory");
    struct fuse_session *session = fuse_session_new(&arguments, &operations, sizeof operations, NULL);
    if (!session || fuse_set_signal_handlers(session) || fuse_session_mount(session, mount_point))
        die(EXIT_FAILURE, "cannot mount at %s", mount_point);
    counts->mounts++;
    if (fuse_daemonize(0))
        die(EXIT_FAILURE, "cannot go to the background");
    struct fuse_loop_config *loop = fuse_loop_cfg_create();
    fuse_loop_cfg_set_clone_fd(loop, 1);
    fuse_loop_cfg_set_max_threads(loop, (unsigned)threads);
    fuse_loop_cfg_set_idle_threads(loop, (unsigned)threads);
    int status = fuse_session_loop_mt(session, loop);
    fuse_loop_cfg_destroy(loop);
    fuse_session_unmount(session);
    fuse_session_destroy(session);
    fuse_opt_free_args(&arguments);
    return status ? EXIT_FAILURE : EXIT_SUCCESS;
}

static void set_server(const char *argument)
{
    const struct { const char *key; counter *setting; double maximum; } settings[] = {
        { "meta_us", &server->meta_us, INT_MAX }, { "data_us", &server->data_us, INT_MAX },
        { "svc_us", &server->svc_us, INT_MAX },   { "mbps", &server->mbps, INT_MAX },
        { "slots", &server->slots, MAX_SLOTS },
    };
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        const char *value = value_of(argument, settings[i].key);
        if (value) {
            *settings[i].setting = (long long)number_in(argument, value, settings[i].maximum);
            return;
        }
    }
    die(EXIT_USAGE, "unknown setting: %s", argument);
}

static void print_settings(void)
{
    printf("# meta_us=%lld data_us=%lld svc_us=%lld slots=%lld mbps=%lld\n", server->meta_us, server->data_us,
           server->svc_us, server->slots ? server->slots : DEFAULT_SLOTS, server->mbps);
}

static void print_counts(const struct node_counts *node)
{
    for (int operation = 0; operation < OPERATIONS; operation++)
        printf(" %s=%lld", operation_names[operation], node->requests[operation]);
    printf(" bytes=%lld wait_ms=%lld\n", node->bytes, node->wait_ns / 1000000);
}

static void print_all_counts(void)
{
    struct node_counts total = { 0 };
    for (int i = 0; i <= MAX_NODE; i++) {
        const struct node_counts *node = &server->nodes[i];
        if (!node->mounts)
            continue;
        printf("node%d", i);
        print_counts(node);
        for (int operation = 0; operation < OPERATIONS; operation++)
            total.requests[operation] += node->requests[operation];
        total.bytes += node->bytes;
        total.wait_ns += node->wait_ns;
    }
    printf("total");
    print_counts(&total);
}

static void reset_counts(void)
{
    for (int i = 0; i <= MAX_NODE; i++) {
        struct node_counts *node = &server->nodes[i];
        for (int operation = 0; operation < OPERATIONS; operation++)
            node->requests[operation] = 0;
        node->bytes = 0;
        node->wait_ns = 0;
    }
}

int main(int argc, char **argv)
{
    const char *command = argc < 3 ? "" : argv[1];
    if (!strcmp(command, "mount") && argc >= 6)
        return mount_and_serve(argc - 2, argv + 2);
    if (!strcmp(command, "ctl")) {
        map_state(argv[2]);
        for (int i = 3; i < argc; i++)
            set_server(argv[i]);
        print_settings();
    } else if (!strcmp(command, "stat") && argc == 3) {
        map_state(argv[2]);
        print_settings();
        print_all_counts();
    } else if (!strcmp(command, "reset") && argc == 3) {
        map_state(argv[2]);
        reset_counts();
    } else
        die(EXIT_USAGE, "usage: lagfs mount BACKING MNT STATE LOCK [option=value...] | ctl STATE [setting=value...] "
            "| stat STATE | reset STATE");
    return EXIT_SUCCESS;
}
