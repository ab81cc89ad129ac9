"""The least of many objectives under the same linear limits, each from where the last ended."""

# Not scipy's door to the same HiGHS: that starts anew for every objective, which takes 20 times as
# long. A test compares the two.
import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Numbers = NDArray[np.float64]
# Primal simplex: the last solution still meets the limits, only the objective is another.
PRIMAL = 4


class ContradictionError(Exception):
    """No counts at all agree with what was published: some of it is about other people."""


class Solver:
    """low ≤ matrix × x ≤ high, and 0 ≤ x ≤ most for every unknown."""

    def __init__(self, matrix: csr_array, low: Numbers, high: Numbers, *, most: float) -> None:
        rows, self.unknowns = matrix.shape
        problem = highspy.HighsLp()
        problem.num_row_, problem.num_col_ = rows, self.unknowns
        problem.col_cost_ = np.zeros(self.unknowns)
        problem.col_lower_ = np.zeros(self.unknowns)
        problem.col_upper_ = np.full(self.unknowns, most)
        problem.row_lower_, problem.row_upper_ = low, high
        problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        problem.a_matrix_.start_ = matrix.indptr
        problem.a_matrix_.index_ = matrix.indices
        problem.a_matrix_.value_ = matrix.data
        self.all = np.arange(self.unknowns, dtype=np.int32)
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]  # it has no types here
        self.highs.setOptionValue("output_flag", False)
        self.highs.setOptionValue("threads", 1)
        self.highs.setOptionValue("simplex_strategy", PRIMAL)
        self.highs.passModel(problem)

    def least(self, objective: Numbers) -> Numbers:
        """The x at which the objective is least. Raises ContradictionError where there is none."""
        self.highs.changeColsCost(self.unknowns, self.all, objective)
        self.highs.run()
        if self.highs.getModelStatus() == highspy.HighsModelStatus.kUnknown:
            # It lost its way from the last solution, which is rare: once more from nothing.
            self.highs.clearSolver()
            self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise ContradictionError
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the attack could not be solved: {status}")
        return np.array(self.highs.getSolution().col_value)
