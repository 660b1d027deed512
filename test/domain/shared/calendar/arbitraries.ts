import * as fc from 'fast-check'

const dayMs = 86_400_000
const firstDay = new Date(0).setUTCFullYear(1, 0, 1) / dayMs
const lastDay = new Date(0).setUTCFullYear(9999, 11, 31) / dayMs

/** Days from 1970-01-01 to any day of the years 1 to 9999, by JavaScript's own calendar. */
export const anyEpochDay = fc.integer({ min: firstDay, max: lastDay })

/** The date that JavaScript's own calendar gives a number of days from 1970-01-01. */
export const javascriptDate = (epochDay: number): string => new Date(epochDay * dayMs).toISOString().slice(0, 10)

export const anyDate = anyEpochDay.map(javascriptDate)

/** Far enough from both ends of the calendar for the days that a test adds. */
export const middleDate = fc.integer({ min: -60_000, max: 60_000 }).map(javascriptDate)

export const middleMonth = middleDate.map(date => date.slice(0, 7))
