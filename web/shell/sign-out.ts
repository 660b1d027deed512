import { forgetToken } from '../identity/invitation-token.ts'
import { queries } from './api.ts'
import { endSession, publicApi } from './session.ts'
import { showToast } from './toasts.ts'
import { problem } from '#messages/shell'

/** What was typed or read belongs to the person who signs out. */
const forgetEverything = (): void => {
  queries.clear()
  sessionStorage.clear()
  forgetToken()
  endSession()
}

/** Ends the session of this browser, in all of its tabs. */
export const signOutHere = async (): Promise<void> => {
  try {
    await publicApi('POST /v1/identity/sessions/sign-outs', { body: {} })
    forgetEverything()
  } catch (error) {
    // Still signed in: a page that only looks signed out would be worse.
    showToast({ kind: 'bad', text: problem.title, error, retry: () => void signOutHere() })
  }
}

/** After the server has ended all sessions of the person. */
export const signedOutEverywhere = forgetEverything
