import { api, refreshQueries } from './api.ts'
import { applyTheme, type Preferences } from './preferences.ts'
import { showToast } from './toasts.ts'
import { problem } from '#messages/shell'

/**
 * Shows a theme at once, and stores it for every device of the person. The first choice of a person also stores the language and the
 * timezone that the pages have shown so far, those of the device.
 */
export const chooseTheme = async (theme: Preferences['theme']): Promise<void> => {
  applyTheme(theme)
  try {
    const { version } = await api('GET /v1/identity/preferences')
    const { timeZone: timezone } = new Intl.DateTimeFormat().resolvedOptions()
    const body = { theme, ...(version > 1 ? {} : { locale: navigator.language, timezone }) }
    await api('PATCH /v1/identity/preferences', { body, ifMatch: version })
    await refreshQueries('GET /v1/identity/preferences')
  } catch (error) {
    showToast({ kind: 'bad', text: problem.title, error, retry: () => void chooseTheme(theme) })
  }
}
