import { yearOf } from '../../domain/shared/index.ts'
import type { Run } from '../../db/queries/planning/runs.ts'

/** Calendar year of a run's plan year 0: the year of its as-of date. */
export const firstCalendarYear = (run: Run): number => yearOf((run.provenance as { asOfDate: string }).asOfDate)
