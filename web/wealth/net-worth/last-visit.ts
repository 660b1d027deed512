import { useEffect } from 'react'
import { storedOnDevice, useStore } from '../../shell/store.ts'

/** The household days on which a person has seen the net worth of a household: the last one, and the one before it. */
export interface Visits {
  readonly last: string
  readonly before: string | null
}

/** The visits on this device, by the ids of the person and the household. */
const stored = storedOnDevice<Readonly<Record<string, Visits>>>('net-worth-visits', {})

/** The visits with one of today. A day that is not later than the last one changes nothing. */
export const withVisit = (visits: Visits | undefined, today: string): Visits =>
  visits === undefined ? { last: today, before: null } : today > visits.last ? { last: today, before: visits.last } : visits

/** The day of the last visit before today; undefined if there is none. */
export const visitBefore = (visits: Visits | undefined, today: string): string | undefined =>
  visits === undefined ? undefined : visits.last < today ? visits.last : (visits.before ?? undefined)

/** The household day of the last visit before today. `key`: that of the visits, once it is known. */
export const useLastVisit = (key: string | undefined, today: string): string | undefined => visitBefore(useStore(stored)[key ?? ''], today)

/** Keeps that the person sees the net worth today. `key`: that of the visits, once the figures are on the page. */
export const useVisit = (key: string | undefined, today: string): void => {
  useEffect(() => {
    if (key === undefined) return
    const visits = stored.get()[key]
    const next = withVisit(visits, today)
    if (next !== visits) stored.set(all => ({ ...all, [key]: next }))
  }, [key, today])
}
