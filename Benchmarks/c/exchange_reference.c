/* The limit: what plain libzmq does in C with the exchange that `exchange` does through Hub and Link.
 *
 * One coordinator (ROUTER) and N agent processes (DEALER), lock-step, two round trips a tick:
 *   tick -> reply from all, award -> acknowledgement from all.
 * Shapes, in bytes on the wire: "even" 256 256 256 256; "lean" 64 256 256 16.
 *
 * usage: exchange-reference TRANSPORT N SHAPE SECONDS [FOLDER]
 * prints one line: ticks per second.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

enum { TICK, REPLY, AWARD, ACKNOWLEDGEMENT, GREETING, STOP };
enum { MOST_AGENTS = 1024, NAME_BYTES = 8 };

typedef struct {
    uint32_t kind;
    uint32_t agent;
    uint64_t tick;
} header;

static int sizes[4];

static void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, zmq_strerror(errno));
    exit(2);
}

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void name_agent(char *name, int agent) { snprintf(name, NAME_BYTES + 1, "agent%03d", agent); }

static void agent_main(int agent, const char *endpoint) {
    char name[NAME_BYTES + 1], received[512], sent[512] = {0};
    name_agent(name, agent);
    void *context = zmq_ctx_new();
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
        if (zmq_send(socket, sent, sizes[out.kind], 0) < 0) fail("answer");
    }
    zmq_close(socket);
    zmq_ctx_term(context);
    exit(0);
}

static void tell_all(void *socket, int agents, char names[][NAME_BYTES + 1], uint32_t kind, uint64_t tick, int size) {
    char bytes[512] = {0};
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
        tell_all(socket, agents, names, TICK, *tick, sizes[TICK]);
        hear_all(socket, agents, REPLY, *tick, sizes[REPLY]);
        tell_all(socket, agents, names, AWARD, *tick, sizes[AWARD]);
        hear_all(socket, agents, ACKNOWLEDGEMENT, *tick, sizes[ACKNOWLEDGEMENT]);
    }
    return *tick - first;
}

int main(int count, char **words) {
    if (count < 5) {
        fprintf(stderr, "usage: exchange-reference ipc|tcp AGENTS even|lean SECONDS [FOLDER]\n");
        return 64;
    }
    int agents = atoi(words[2]);
    static const int even[4] = {256, 256, 256, 256}, lean[4] = {64, 256, 256, 16};
    memcpy(sizes, strcmp(words[3], "lean") ? even : lean, sizeof sizes);
    double duration = atof(words[4]);
    char endpoint[256];
    static char names[MOST_AGENTS][NAME_BYTES + 1];
    if (agents < 1 || agents > 999) return 64;
    for (int agent = 0; agent < agents; agent++) name_agent(names[agent], agent);
    if (!strcmp(words[1], "tcp")) {
        snprintf(endpoint, sizeof endpoint, "tcp://127.0.0.1:%d", 20000 + getpid() % 12000);
    } else {
        snprintf(endpoint, sizeof endpoint, "ipc://%s/reference-%d.sock", count > 5 ? words[5] : "/tmp", getpid());
    }
    for (int agent = 0; agent < agents; agent++) {
        pid_t child = fork();
        if (child == 0) agent_main(agent, endpoint);
        if (child < 0) fail("fork");
    }
    void *context = zmq_ctx_new();
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
