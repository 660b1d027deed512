import type { ApiAnswer } from '../../lambdas/api-types.ts'
import { useApi } from './api.ts'
import { sessionState } from './session.ts'
import { storedOnDevice, useStore } from './store.ts'

export type Preferences = ApiAnswer<'GET /v1/identity/preferences'>

/** The look that this device has shown last: known before the preferences have arrived. */
export const lastTheme = storedOnDevice<'light' | 'dark' | 'system'>('theme', 'system')
/** Hides every amount, for a person who is watched. It holds for this device, from the first moment of the page. */
export const privacyMode = storedOnDevice('privacy', false)

/** Shows the page in a theme. */
export const applyTheme = (theme: 'light' | 'dark' | 'system'): void => {
  if (lastTheme.get() !== theme) lastTheme.set(theme)
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

export interface Look {
  readonly locale: string
  readonly currency: string
  readonly timezone: string
  readonly hidesAmounts: boolean
}

/** Whether `useLook` is final: a form that is filled before would be read with another decimal point. */
export const useLookIsKnown = (): boolean => {
  const { isPending } = useApi('GET /v1/identity/preferences', {}, { staleTime: 300_000 })
  return !isPending
}

/** How the person reads numbers and dates. */
export const useLook = (): Look => {
  const signedIn = useStore(sessionState) === 'signed-in'
  const hidesAmounts = useStore(privacyMode)
  const { data } = useApi('GET /v1/identity/preferences', {}, { enabled: signedIn, staleTime: 300_000 })
  // Until the person has chosen something, the device says how they read numbers and which time it is where they are.
  const chosen = data && data.version > 1 ? data : undefined
  return {
    locale: chosen?.locale ?? navigator.language,
    currency: data?.currency ?? 'USD',
    timezone: chosen?.timezone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
    hidesAmounts,
  }
}
