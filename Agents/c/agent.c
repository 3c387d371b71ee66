/* A service node in plain C: takes part in a run with libzmq alone, by docs/protocol.md and nothing else.
 * It bids `requestsPerTick` requests of every class, and accepts a region where the posted price is below that at home.
 *   cc -o agent agent.c -lzmq
 *   strategy: {exec: [./agent], parameters: {requestsPerTick: 1000000}} */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>
enum { HELLO = 1, WELCOME, REFUSAL, ASK, REPLY, STOP, FAILURE, LONGEST = 1 << 20, CLASSES = 64, REGIONS = 256, RESOURCES = 16 };
static _Noreturn void fail(const char *text) { fprintf(stderr, "agent: %s\n", text), exit(1); }

/* ---- Protobuf, field by field; the machine is taken to be little-endian ---- */
struct bytes { const uint8_t *at, *end; };
struct field { uint64_t number, value; struct bytes bytes; };
struct buffer { uint8_t data[LONGEST]; size_t size; };

static uint64_t varint(struct bytes *in) {
    uint64_t value = 0;
    for (int shift = 0; in->at < in->end && shift < 64; shift += 7) {
        value |= (uint64_t)(*in->at & 0x7f) << shift;
        if (*in->at++ < 0x80) return value;
    }
    fail("a message is cut off");
}

/* The next field of a message: `value` holds numbers, `bytes` texts, messages and packed lists. */
static bool next(struct bytes *in, struct field *out) {
    if (in->at >= in->end) return false;
    uint64_t key = varint(in), length = 0;
    *out = (struct field){.number = key >> 3};
    switch (key & 7) {
    case 0: out->value = varint(in); return true;
    case 1: length = 8; break;
    case 2: length = varint(in); break;
    case 5: length = 4; break;
    default: fail("a message has a field of unknown kind");
    }
    if (length > (uint64_t)(in->end - in->at)) fail("a message is cut off");
    out->bytes = (struct bytes){in->at, in->at + length};
    in->at += length;
    if ((key & 7) == 1) memcpy(&out->value, out->bytes.at, 8);
    return true;
}
static double number(uint64_t bits) { double value; return memcpy(&value, &bits, 8), value; }
static size_t copy(struct bytes from, void *to, size_t room) {
    size_t size = from.end - from.at;
    if (size > room) fail("the scenario is larger than this program was made for");
    return memcpy(to, from.at, size), size;
}

static void put(struct buffer *out, const void *data, size_t size) {
    if (size > sizeof out->data - out->size) fail("its answer is too long");
    memcpy(out->data + out->size, data, size);
    out->size += size;
}
static void put_varint(struct buffer *out, uint64_t value) {
    for (; value > 0x7f; value >>= 7) put(out, &(uint8_t){value | 0x80}, 1);
    put(out, &(uint8_t){value}, 1);
}
static void put_key(struct buffer *out, int field, int kind) { put_varint(out, (uint64_t)field << 3 | kind); }
static void put_count(struct buffer *out, int field, uint64_t value) { put_key(out, field, 0), put_varint(out, value); }
static void put_double(struct buffer *out, int field, double value) { put_key(out, field, 1), put(out, &value, 8); }
static void put_bytes(struct buffer *out, int field, const void *data, size_t size) {
    put_key(out, field, 2), put_varint(out, size), put(out, data, size);
}

/* ---- What the node knows; numbers of fields are those of gridtide.proto ---- */
static struct { double energy, movable, value, work[RESOURCES]; size_t work_size; } classes[CLASSES];
static size_t class_count, region_count, home;
static uint8_t allowed[CLASSES * REGIONS];
static double requests = -1;
static char unknown[64];                                                   /* a setting that is none of ours */

static void read_welcome(struct bytes in) {
    struct field f, s, r, v, n;
    while (next(&in, &f))
        while (f.number == 4 && next(&f.bytes, &s)) {                      /* Welcome.setup */
            while (s.number == 6 && next(&s.bytes, &r)) {                  /* AgentSetup.service_node */
                if (r.number == 2) region_count++;
                if (r.number == 3) home = r.value;
                if (r.number == 7) copy(r.bytes, allowed, sizeof allowed);
                if (r.number != 1) continue;
                if (class_count == CLASSES) fail("there are too many classes");
                while (next(&r.bytes, &v)) {
                    if (v.number == 6) classes[class_count].energy = number(v.value);
                    if (v.number == 7) classes[class_count].work_size = copy(v.bytes, classes[class_count].work, 8 * RESOURCES);
                    if (v.number == 8) classes[class_count].movable = number(v.value);
                    if (v.number == 9) classes[class_count].value = number(v.value);
                }
                class_count++;
            }
            bool is_ours = false;
            while (s.number == 3 && next(&s.bytes, &r))                    /* AgentSetup.parameters */
                while (next(&r.bytes, &v)) {
                    if (v.number == 1) is_ours = v.bytes.end - v.bytes.at == 15 && !memcmp(v.bytes.at, "requestsPerTick", 15);
                    if (v.number == 1 && !is_ours) unknown[copy(v.bytes, unknown, sizeof unknown - 1)] = 0;
                    while (v.number == 2 && next(&v.bytes, &n))
                        if (is_ours && n.number == 2) requests = number(n.value);
                }
        }
    if (region_count > REGIONS) fail("there are too many regions");
}

/* ---- Talking ---- */
static void *hub;
static void send_frame(uint8_t kind, const struct buffer *body) {
    static struct buffer frame;
    uint32_t size = body->size;
    frame.size = 0;
    put(&frame, (uint8_t[]){'G', 'T', 1, kind, size, size >> 8, size >> 16, size >> 24}, 8);
    put(&frame, body->data, body->size);
    if (zmq_send(hub, frame.data, frame.size, 0) < 0) fail(zmq_strerror(zmq_errno()));
}

/* Over tcp: the key file of this agent, whose lines are a word and a key. */
static void show_key(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) fail("its key file cannot be opened");
    for (char line[512], value[42]; fgets(line, sizeof line, file);) {
        if (sscanf(line, "public-key %41s", value) == 1) zmq_setsockopt(hub, ZMQ_CURVE_PUBLICKEY, value, 41);
        if (sscanf(line, "secret-key %41s", value) == 1) zmq_setsockopt(hub, ZMQ_CURVE_SECRETKEY, value, 41);
        if (sscanf(line, "coordinator-key %41s", value) == 1) zmq_setsockopt(hub, ZMQ_CURVE_SERVERKEY, value, 41);
    }
    fclose(file);
}

/* Waits for the next frame; ends the process when its launcher is gone. */
static uint8_t receive(struct bytes *body) {
    static uint8_t data[LONGEST];
    zmq_pollitem_t items[] = {{hub, 0, ZMQ_POLLIN, 0}, {NULL, STDIN_FILENO, ZMQ_POLLIN, 0}};
    do {
        if (zmq_poll(items, getenv("GRIDTIDE_LIFELINE") ? 2 : 1, -1) < 0) fail(zmq_strerror(zmq_errno()));
        if (items[1].revents && read(STDIN_FILENO, data, 1) <= 0) exit(70);
    } while (!items[0].revents);
    int size = zmq_recv(hub, data, sizeof data, 0);
    if (size < 8 || size > (int)sizeof data || memcmp(data, "GT\1", 3) != 0) fail("this is no frame of version 1");
    *body = (struct bytes){data + 8, data + size};
    return data[3];
}

static void answer(struct bytes in) {
    static struct buffer reply, bid, line;
    struct field f, s, p;
    double price[REGIONS] = {0};
    size_t region = 0;
    bool is_ours = false;
    reply.size = bid.size = 0;
    while (next(&in, &f)) {
        is_ours |= f.number == 5;
        if (f.number <= 2) put_count(&reply, f.number, f.value);           /* tick and phase, as asked */
        while (f.number == 5 && next(&f.bytes, &s))                        /* Ask.service */
            for (region += s.number == 1; s.number == 1 && next(&s.bytes, &p);)
                if (p.number == 1 && region <= region_count) price[region - 1] = number(p.value);
    }
    if (!is_ours) fail("it is asked what no service node is asked");
    for (size_t k = 0; k < class_count; k++) {
        line.size = 0;
        put_count(&line, 1, k);
        put_double(&line, 2, requests), put_double(&line, 3, requests), put_double(&line, 5, classes[k].energy);
        put_bytes(&line, 6, classes[k].work, classes[k].work_size);
        put_double(&line, 7, classes[k].movable), put_double(&line, 8, classes[k].value);
        for (size_t c = 0; c < region_count; c++)
            if (allowed[k * region_count + c] && (c == home || price[c] < price[home]))
                put_count(&line, 10, c), put_double(&line, 11, 0);
        put_bytes(&bid, 1, line.data, line.size);
    }
    put_bytes(&reply, 5, bid.data, bid.size), send_frame(REPLY, &reply);
}

int main(void) {
    static struct buffer hello, failure;
    const char *name = getenv("GRIDTIDE_NAME"), *endpoint = getenv("GRIDTIDE_ENDPOINT"), *key_file = getenv("GRIDTIDE_KEY_FILE");
    const char *refused[] = {"requestsPerTick", "it is missing or negative", "Give a number of at least 0."};
    bool is_refused = false;
    if (!name || !endpoint) fail("GRIDTIDE_NAME and GRIDTIDE_ENDPOINT must say which agent, and where");
    void *context = zmq_ctx_new();
    hub = zmq_socket(context, ZMQ_DEALER);
    zmq_setsockopt(hub, ZMQ_ROUTING_ID, name, strlen(name));
    if (key_file && *key_file) show_key(key_file);
    if (zmq_connect(hub, endpoint) != 0) fail(zmq_strerror(zmq_errno()));
    put_bytes(&hello, 1, name, strlen(name)), send_frame(HELLO, &hello);
    for (struct bytes body;;)
        switch (receive(&body)) {
        case WELCOME:
            read_welcome(body);
            if (unknown[0]) refused[0] = unknown, refused[1] = "there is no such setting", refused[2] = "Give requestsPerTick.";
            if (!(is_refused = unknown[0] || requests < 0)) break;
            put_bytes(&failure, 1, refused[1], strlen(refused[1]));
            for (int i = 0; i < 3; i++) put_bytes(&failure, 60 + i, refused[i], strlen(refused[i]));
            send_frame(FAILURE, &failure);
            break;
        case ASK: answer(body); break;
        case STOP: return zmq_close(hub), zmq_ctx_term(context), is_refused;    /* sends what is under way */
        default: fail("the coordinator refuses it");
        }
}
