// A linear program kept in Clp from tick to tick: what a clearing could do with the solver alone.
#pragma once

typedef struct {
    int columnCount, rowCount;
    const int *starts, *rows;
    const double *values, *costs, *lowers, *uppers, *rowLowers, *rowUppers;
} YardstickProgram;

/// Loads a program and solves it from nothing: presolve, dual simplex.
void *yardstick_open(const YardstickProgram *program);
/// Adds a column of lower bound zero.
void yardstick_add_column(void *clp, double cost, double upper, int entryCount, const int *rows, const double *values);
void yardstick_set_cost(void *clp, int column, double cost);
void yardstick_set_upper(void *clp, int column, double upper);
void yardstick_set_row(void *clp, int row, double value);
/// Dual simplex from where the last solve ended; 0 at an optimum.
int yardstick_solve(void *clp);
double yardstick_objective(void *clp);
int yardstick_iterations(void *clp);
void yardstick_close(void *clp);
