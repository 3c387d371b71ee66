#include "CHighs.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

// POSIX, not C, lets a data pointer from dlsym become a function pointer; memcpy keeps the compiler quiet about it.
static int resolve(void *library, const char *name, void *slot, char *message, int capacity) {
    void *symbol = dlsym(library, name);
    if (symbol == NULL) {
        snprintf(message, (size_t)capacity, "it has no function %s", name);
        return -1;
    }
    memcpy(slot, &symbol, sizeof symbol);
    return 0;
}

static int check_index_size(const chighs_api *api, char *message, int capacity) {
    void *highs = api->create();
    if (highs == NULL) {
        snprintf(message, (size_t)capacity, "Highs_create returned nothing");
        return -1;
    }
    int size = (int)api->get_sizeof_int(highs);
    api->destroy(highs);
    if (size != (int)sizeof(chighs_int)) {
        snprintf(message, (size_t)capacity, "it is built with %d-byte indices, %d are needed", size,
                 (int)sizeof(chighs_int));
        return -1;
    }
    return 0;
}

int chighs_load(const char *path, chighs_api *api, char *message, int capacity) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        const char *reason = dlerror();
        snprintf(message, (size_t)capacity, "%s", reason != NULL ? reason : "the dynamic loader gave no reason");
        return -1;
    }
    const struct {
        const char *name;
        void *slot;
    } table[] = {
        {"Highs_version", &api->version},
        {"Highs_create", &api->create},
        {"Highs_destroy", &api->destroy},
        {"Highs_getSizeofHighsInt", &api->get_sizeof_int},
        {"Highs_setBoolOptionValue", &api->set_bool_option},
        {"Highs_setIntOptionValue", &api->set_int_option},
        {"Highs_setDoubleOptionValue", &api->set_double_option},
        {"Highs_setStringOptionValue", &api->set_string_option},
        {"Highs_passModel", &api->pass_model},
        {"Highs_setBasis", &api->set_basis},
        {"Highs_getBasis", &api->get_basis},
        {"Highs_run", &api->run},
        {"Highs_getModelStatus", &api->get_model_status},
        {"Highs_getIntInfoValue", &api->get_int_info},
        {"Highs_getSolution", &api->get_solution},
    };
    for (size_t index = 0; index < sizeof table / sizeof table[0]; index++) {
        if (resolve(library, table[index].name, table[index].slot, message, capacity) != 0) {
            dlclose(library);
            return -1;
        }
    }
    if (check_index_size(api, message, capacity) != 0) {
        dlclose(library);
        return -1;
    }
    return 0;
}
