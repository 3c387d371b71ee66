/* HELICS at the exchange: a hub and N leaves, each a federate with a core of its own, in lock-step.
 *
 * All have the period 1. In each step the hub publishes one vector to every leaf and every leaf one to the hub, and what
 * is published in one step is read in the next. A step is one message each way; the exchange of `exchange` and
 * `exchange_reference.c` has two each way, so a step here is the smaller task. Every value read is checked.
 *
 * usage: helics_federate hub|leaf INDEX LEAVES CORE PORT SECONDS DOUBLES
 *        helics_federate group INDEX LEAVES CORE PORT SECONDS DOUBLES COUNT    leaves from INDEX on, threads that share a core
 *        helics_federate all 0 LEAVES inproc 0 SECONDS DOUBLES                 broker, hub and leaves as threads
 * The hub prints one line: steps per second.
 */
#include <helics/helics.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double WARM_SECONDS = 0.3;
static int leaves, doubles;
static double duration;
static const char *core, *port;
/* The name of the core that all federates of this process share; empty where each has its own. */
static char shared_core[32];

static void check(const HelicsError *error, const char *what) {
    if (!error->error_code) return;
    fprintf(stderr, "%s: %s\n", what, error->message);
    exit(2);
}

static double seconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* How a core of so many federates finds its broker. */
static void write_core_init(char *init, size_t size, int federates) {
    /* The broker of core ipc always listens at one place, that of core inproc in this process. */
    if (!strcmp(core, "ipc") || !strcmp(core, "inproc")) {
        snprintf(init, size, "--federates=%d --timeout=120s --loglevel=error", federates);
    } else {
        snprintf(init, size,
                 "--federates=%d --broker_address=127.0.0.1 --brokerport=%s --localinterface=127.0.0.1 --timeout=120s "
                 "--loglevel=error",
                 federates, port);
    }
}

static HelicsFederate make_federate(const char *name) {
    HelicsError error = helicsErrorInitialize();
    char init[256];
    HelicsFederateInfo info = helicsCreateFederateInfo();
    helicsFederateInfoSetCoreTypeFromString(info, core, &error);
    check(&error, "core");
    if (shared_core[0]) {
        helicsFederateInfoSetCoreName(info, shared_core, &error);
    } else {
        write_core_init(init, sizeof init, 1);
        helicsFederateInfoSetCoreInitString(info, init, &error);
    }
    helicsFederateInfoSetTimeProperty(info, HELICS_PROPERTY_TIME_PERIOD, 1.0, &error);
    helicsFederateInfoSetFlagOption(info, HELICS_FLAG_UNINTERRUPTIBLE, HELICS_TRUE, &error);
    check(&error, "federate info");
    HelicsFederate federate = helicsCreateValueFederate(name, info, &error);
    check(&error, name);
    return federate;
}

/* Publishes, asks for the next step and reads what the others published in the last one, until the hub says stop. */
static void run(int is_hub, int leaf) {
    HelicsError error = helicsErrorInitialize();
    char name[32], key[48];
    if (is_hub) snprintf(name, sizeof name, "hub");
    else snprintf(name, sizeof name, "leaf%d", leaf);
    HelicsFederate federate = make_federate(name);
    snprintf(key, sizeof key, "%s/out", name);
    HelicsPublication out = helicsFederateRegisterGlobalPublication(federate, key, HELICS_DATA_TYPE_VECTOR, "", &error);
    int count = is_hub ? leaves : 1;
    HelicsInput *in = calloc((size_t)count, sizeof *in);
    for (int index = 0; index < count; index++) {
        if (is_hub) snprintf(key, sizeof key, "leaf%d/out", index);
        in[index] = helicsFederateRegisterSubscription(federate, is_hub ? key : "hub/out", "", &error);
    }
    check(&error, "registration");
    double *sent = calloc((size_t)doubles, sizeof *sent), *read = calloc((size_t)doubles, sizeof *read);
    helicsFederateEnterExecutingMode(federate, &error);
    check(&error, "start");
    double begin = seconds(), start = 0;
    long steps = 0;
    int is_last = 0;
    for (long step = 1; !is_last; step++) {
        double now = seconds();
        if (is_hub) {
            if (start == 0 && now - begin >= WARM_SECONDS) start = now;
            else if (start > 0) steps++;
            is_last = start > 0 && now - start >= duration && steps > 0;
        }
        sent[0] = (double)step;
        sent[1] = is_last;
        helicsPublicationPublishVector(out, sent, doubles, &error);
        helicsFederateRequestTime(federate, (double)step, &error);
        for (int index = 0; index < count; index++) {
            int size = 0;
            helicsInputGetVector(in[index], read, doubles, &size, &error);
            check(&error, "step");
            if (size != doubles || read[0] != (double)step) {
                fprintf(stderr, "wrong message\n");
                exit(3);
            }
        }
        if (!is_hub) is_last = read[1] != 0;
        if (is_hub && is_last) {
            printf("%.1f\n", (double)steps / (now - start));
            fflush(stdout);
        }
    }
    helicsFederateDisconnect(federate, &error);
    helicsFederateFree(federate);
}

static void *leaf_thread(void *leaf) {
    run(0, (int)(intptr_t)leaf);
    return NULL;
}

/* Runs leaves as threads, and the hub in this one where it is wanted, until all have ended. */
static void run_threads(int first, int count, int has_hub) {
    pthread_t *threads = calloc((size_t)count, sizeof *threads);
    for (int index = 0; index < count; index++) {
        if (pthread_create(&threads[index], NULL, leaf_thread, (void *)(intptr_t)(first + index))) exit(2);
    }
    if (has_hub) run(1, 0);
    for (int index = 0; index < count; index++) pthread_join(threads[index], NULL);
    free(threads);
}

static void run_group(int first, int count) {
    HelicsError error = helicsErrorInitialize();
    char init[256];
    snprintf(shared_core, sizeof shared_core, "group%d", first);
    write_core_init(init, sizeof init, count);
    HelicsCore shared = helicsCreateCore(core, shared_core, init, &error);
    check(&error, "shared core");
    run_threads(first, count, 0);
    helicsCoreFree(shared);
}

static void run_all(void) {
    HelicsError error = helicsErrorInitialize();
    char init[64];
    snprintf(init, sizeof init, "--federates=%d --loglevel=error", leaves + 1);
    HelicsBroker broker = helicsCreateBroker("inproc", "", init, &error);
    check(&error, "broker");
    run_threads(0, leaves, 1);
    helicsBrokerWaitForDisconnect(broker, 5000, &error);
    helicsBrokerFree(broker);
}

int main(int count, char **words) {
    if (count < 8) {
        fprintf(stderr, "usage: helics_federate hub|leaf|group|all INDEX LEAVES CORE PORT SECONDS DOUBLES [COUNT]\n");
        return 64;
    }
    leaves = atoi(words[3]);
    core = words[4];
    port = words[5];
    duration = atof(words[6]);
    doubles = atoi(words[7]);
    if (leaves < 1 || doubles < 2) return 64;
    if (!strcmp(words[1], "all")) run_all();
    else if (!strcmp(words[1], "group") && count > 8) run_group(atoi(words[2]), atoi(words[8]));
    else run(!strcmp(words[1], "hub"), atoi(words[2]));
    helicsCloseLibrary();
    return 0;
}
