#ifndef GRIDTIDE_CHIGHS_H
#define GRIDTIDE_CHIGHS_H

// The part of the HiGHS C API that LinearProgram calls, resolved at run time so that a build needs no HiGHS.
// Prototypes and numbers follow highs_c_api.h (stable since HiGHS 1.5, checked against 1.15.1).

#include <stdint.h>

// HighsInt of a default HiGHS build. chighs_load refuses a library built with 64-bit indices.
typedef int32_t chighs_int;

enum {
    CHIGHS_STATUS_ERROR = -1,
    CHIGHS_SENSE_MINIMIZE = 1,
    CHIGHS_FORMAT_COLUMNWISE = 1,
    CHIGHS_HESSIAN_TRIANGULAR = 1,
};

enum {
    CHIGHS_MODEL_EMPTY = 6,
    CHIGHS_MODEL_OPTIMAL = 7,
    CHIGHS_MODEL_INFEASIBLE = 8,
    CHIGHS_MODEL_UNBOUNDED_OR_INFEASIBLE = 9,
    CHIGHS_MODEL_UNBOUNDED = 10,
    CHIGHS_MODEL_TIME_LIMIT = 13,
    CHIGHS_MODEL_ITERATION_LIMIT = 14,
};

enum {
    CHIGHS_BASIS_LOWER = 0,
    CHIGHS_BASIS_BASIC = 1,
    CHIGHS_BASIS_UPPER = 2,
    CHIGHS_BASIS_ZERO = 3,
    CHIGHS_BASIS_NONBASIC = 4,
};

typedef struct {
    const char *(*version)(void);
    void *(*create)(void);
    void (*destroy)(void *highs);
    chighs_int (*get_sizeof_int)(const void *highs);
    chighs_int (*set_bool_option)(void *highs, const char *option, chighs_int value);
    chighs_int (*set_int_option)(void *highs, const char *option, chighs_int value);
    chighs_int (*set_double_option)(void *highs, const char *option, double value);
    chighs_int (*set_string_option)(void *highs, const char *option, const char *value);
    chighs_int (*pass_model)(void *highs, chighs_int columns, chighs_int rows, chighs_int entries,
                             chighs_int hessian_entries, chighs_int format, chighs_int hessian_format,
                             chighs_int sense, double offset, const double *cost, const double *column_lower,
                             const double *column_upper, const double *row_lower, const double *row_upper,
                             const chighs_int *start, const chighs_int *index, const double *value,
                             const chighs_int *hessian_start, const chighs_int *hessian_index,
                             const double *hessian_value, const chighs_int *integrality);
    chighs_int (*set_basis)(void *highs, const chighs_int *column_status, const chighs_int *row_status);
    chighs_int (*get_basis)(const void *highs, chighs_int *column_status, chighs_int *row_status);
    chighs_int (*run)(void *highs);
    chighs_int (*get_model_status)(const void *highs);
    chighs_int (*get_int_info)(const void *highs, const char *info, chighs_int *value);
    chighs_int (*get_solution)(const void *highs, double *column_value, double *column_dual, double *row_value,
                               double *row_dual);
} chighs_api;

// Opens the shared library at `path` (a file, or a bare name for the dynamic loader's own search) and fills `api`.
// Returns 0, or -1 with the reason in `message` (at most `capacity` bytes with its terminator). The library stays
// open for the life of the process.
int chighs_load(const char *path, chighs_api *api, char *message, int capacity);

#endif
