import { yearOf } from '../../domain/shared/index.ts'
import type { Run } from '../../db/queries/planning/runs.ts'

/** Calendar year of a run's plan year 0: that of the as-of date which it was given. */
export const firstCalendarYear = (run: Run): number => yearOf((run.provenance as { asOfDate: string }).asOfDate)
