export { type AdjustmentSegment, adjustmentSegments, type DividendEvent, type SplitEvent } from './adjustment-segments.ts'
