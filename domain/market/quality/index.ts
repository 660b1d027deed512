export { findOutliers, type Outlier } from './outliers.ts'
export { findSplitFaults, type RecordedSplit, type SplitFault } from './splits.ts'
export { silenceAllowedDays } from './silence.ts'
