export { findOutliers, type Outlier } from './outliers.ts'
export { findSplitFaults, type RecordedSplit, type SplitFault } from './splits.ts'
export { staleAfterDays } from './staleness.ts'
export { findUnitFaults, type UnitFault } from './units.ts'
