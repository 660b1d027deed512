export { detectRecurring, type PriceChange, type Recurring, type RecurringOptions, type RecurringTransaction } from './detect.ts'
export { recurringName } from './name.ts'
export { recurringPeriods, type RecurringPeriod } from './periods.ts'
