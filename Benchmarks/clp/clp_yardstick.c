#include "clp_yardstick.h"

#include <coin/Clp_C_Interface.h>

void *yardstick_open(const YardstickProgram *p) {
    Clp_Simplex *clp = Clp_newModel();
    Clp_setLogLevel(clp, 0);
    Clp_loadProblem(clp, p->columnCount, p->rowCount, p->starts, p->rows, p->values, p->lowers, p->uppers, p->costs,
                    p->rowLowers, p->rowUppers);
    Clp_Solve *options = ClpSolve_new();
    ClpSolve_setSolveType(options, 0, -1);
    Clp_initialSolveWithOptions(clp, options);
    ClpSolve_delete(options);
    return clp;
}

void yardstick_add_column(void *clp, double cost, double upper, int entryCount, const int *rows, const double *values) {
    const double lower = 0;
    const int starts[2] = {0, entryCount};
    Clp_addColumns(clp, 1, &lower, &upper, &cost, starts, rows, values);
}

void yardstick_set_cost(void *clp, int column, double cost) { Clp_objective(clp)[column] = cost; }

void yardstick_set_upper(void *clp, int column, double upper) { Clp_columnUpper(clp)[column] = upper; }

void yardstick_set_row(void *clp, int row, double value) {
    Clp_rowLower(clp)[row] = value;
    Clp_rowUpper(clp)[row] = value;
}

int yardstick_solve(void *clp) {
    Clp_dual(clp, 1);
    return Clp_status(clp);
}

double yardstick_objective(void *clp) { return Clp_objectiveValue(clp); }

int yardstick_iterations(void *clp) { return Clp_numberIterations(clp); }

void yardstick_close(void *clp) { Clp_deleteModel(clp); }
