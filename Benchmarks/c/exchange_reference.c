/* The limit: what plain libzmq does in C with the exchange that `exchange` does through Hub and Link.
 *
 * One coordinator (ROUTER) and N agent processes (DEALER), lock-step, two round trips a tick:
 *   tick -> reply from all, award -> acknowledgement from all.
 * All four messages have the same number of bytes.
 *
 * Agents are started as programs of their own ("spawn") or forked ("fork"): forks have their parent's addresses, so that
 * what the processor has learnt of the branches of one serves all, and they share its pages. Over inproc they are threads.
 *
 * usage: exchange-reference TRANSPORT N BYTES SECONDS [FOLDER [spawn|fork]]
 * prints one line: ticks per second.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

enum { TICK, REPLY, AWARD, ACKNOWLEDGEMENT, GREETING, STOP };
enum { MOST_AGENTS = 1024, NAME_BYTES = 8, MOST_BYTES = 65536 };

typedef struct {
    uint32_t kind;
    uint32_t agent;
    uint64_t tick;
} header;

static int message_bytes;
static char endpoint[256];
static void *context;

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, zmq_strerror(errno));
    exit(2);
}

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void name_agent(char *name, int agent) {
    memcpy(name, "agent000", NAME_BYTES + 1);
    for (int digit = NAME_BYTES - 1; agent > 0 && digit > 4; agent /= 10) name[digit--] = (char)('0' + agent % 10);
}

static void agent_run(int agent) {
    char name[NAME_BYTES + 1], received[MOST_BYTES], sent[MOST_BYTES] = {0};
    name_agent(name, agent);
    void *socket = zmq_socket(context, ZMQ_DEALER);
    int patience = 10000;
    zmq_setsockopt(socket, ZMQ_ROUTING_ID, name, NAME_BYTES);
    zmq_setsockopt(socket, ZMQ_RCVTIMEO, &patience, sizeof patience);
    if (zmq_connect(socket, endpoint) < 0) fail("connect");
    header out = {GREETING, (uint32_t)agent, 0};
    memcpy(sent, &out, sizeof out);
    if (zmq_send(socket, sent, sizeof out, 0) < 0) fail("greet");
    for (;;) {
        int count = zmq_recv(socket, received, sizeof received, 0);
        if (count < 0) {
            if (errno == EINTR) continue;
            break;
        }
        header in;
        memcpy(&in, received, sizeof in);
        if (in.kind == STOP) break;
        out.kind = in.kind + 1;
        out.tick = in.tick;
        memcpy(sent, &out, sizeof out);
        if (zmq_send(socket, sent, message_bytes, 0) < 0) fail("answer");
    }
    zmq_close(socket);
}

static void agent_main(int agent) {
    context = zmq_ctx_new();
    agent_run(agent);
    zmq_ctx_term(context);
    exit(0);
}

static void *agent_thread(void *agent) {
    agent_run((int)(intptr_t)agent);
    return NULL;
}

/* Starts an agent as a thread, a fork or a program of its own. */
static void start_agent(int agent, char **words, int is_fork) {
    if (!strncmp(endpoint, "inproc", 6)) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, agent_thread, (void *)(intptr_t)agent)) fail("thread");
        pthread_detach(thread);
        return;
    }
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child > 0) return;
    if (is_fork) agent_main(agent);
    char number[16];
    snprintf(number, sizeof number, "%d", agent);
    execl(words[0], words[0], "agent", number, words[3], endpoint, (char *)NULL);
    _exit(2);
}

static void tell_all(void *socket, int agents, char names[][NAME_BYTES + 1], uint32_t kind, uint64_t tick, int size) {
    static char bytes[MOST_BYTES];
    header out = {kind, 0, tick};
    memcpy(bytes, &out, sizeof out);
    for (int agent = 0; agent < agents; agent++) {
        if (zmq_send(socket, names[agent], NAME_BYTES, ZMQ_SNDMORE) < 0) fail("address");
        if (zmq_send(socket, bytes, size, 0) < 0) fail("send");
    }
}

static void hear_all(void *socket, int agents, uint32_t kind, uint64_t tick, int size) {
    static unsigned char heard[MOST_AGENTS];
    memset(heard, 0, sizeof heard);
    zmq_msg_t message;
    zmq_msg_init(&message);
    for (int count = 0; count < agents; count++) {
        if (zmq_msg_recv(&message, socket, 0) < 0) fail("receive");
        if (zmq_msg_recv(&message, socket, 0) < 0) fail("receive");
        header in;
        memcpy(&in, zmq_msg_data(&message), sizeof in);
        if (in.kind != kind || in.tick != tick || (int)zmq_msg_size(&message) != size || heard[in.agent]) {
            fprintf(stderr, "wrong message\n");
            exit(3);
        }
        heard[in.agent] = 1;
    }
    zmq_msg_close(&message);
}

static uint64_t run(void *socket, int agents, char names[][NAME_BYTES + 1], double duration, uint64_t *tick) {
    uint64_t first = *tick;
    double end = seconds() + duration;
    while (seconds() < end) {
        ++*tick;
        tell_all(socket, agents, names, TICK, *tick, message_bytes);
        hear_all(socket, agents, REPLY, *tick, message_bytes);
        tell_all(socket, agents, names, AWARD, *tick, message_bytes);
        hear_all(socket, agents, ACKNOWLEDGEMENT, *tick, message_bytes);
    }
    return *tick - first;
}

int main(int count, char **words) {
    if (count < 5) {
        fprintf(stderr, "usage: exchange-reference ipc|tcp|inproc AGENTS BYTES SECONDS [FOLDER [spawn|fork]]\n");
        return 64;
    }
    int agents = atoi(words[2]);
    message_bytes = atoi(words[3]);
    if (message_bytes > MOST_BYTES || message_bytes < (int)sizeof(header)) return 64;
    if (!strcmp(words[1], "agent")) {
        snprintf(endpoint, sizeof endpoint, "%s", words[4]);
        agent_main(agents);
    }
    double duration = atof(words[4]);
    static char names[MOST_AGENTS][NAME_BYTES + 1];
    if (agents < 1 || agents > 999) return 64;
    for (int agent = 0; agent < agents; agent++) name_agent(names[agent], agent);
    if (!strcmp(words[1], "tcp")) {
        snprintf(endpoint, sizeof endpoint, "tcp://127.0.0.1:%d", 20000 + getpid() % 12000);
    } else if (!strcmp(words[1], "inproc")) {
        snprintf(endpoint, sizeof endpoint, "inproc://reference");
    } else {
        snprintf(endpoint, sizeof endpoint, "ipc://%s/reference-%d.sock", count > 5 ? words[5] : "/tmp", getpid());
    }
    int is_fork = count > 6 && !strcmp(words[6], "fork"), is_inproc = !strncmp(endpoint, "inproc", 6);
    if (is_inproc) context = zmq_ctx_new();
    for (int agent = 0; agent < agents; agent++) start_agent(agent, words, is_fork);
    if (!is_inproc) context = zmq_ctx_new();
    void *socket = zmq_socket(context, ZMQ_ROUTER);
    int one = 1;
    zmq_setsockopt(socket, ZMQ_ROUTER_MANDATORY, &one, sizeof one);
    if (zmq_bind(socket, endpoint) < 0) fail("bind");
    hear_all(socket, agents, GREETING, 0, sizeof(header));
    uint64_t tick = 0;
    run(socket, agents, names, 0.3, &tick);
    double start = seconds();
    uint64_t ticks = run(socket, agents, names, duration, &tick);
    double elapsed = seconds() - start;
    tell_all(socket, agents, names, STOP, tick, sizeof(header));
    while (wait(NULL) > 0) {}
    zmq_close(socket);
    zmq_ctx_term(context);
    if (!strncmp(endpoint, "ipc://", 6)) unlink(endpoint + 6);
    printf("%.1f\n", (double)ticks / elapsed);
    return 0;
}
