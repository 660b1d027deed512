import { createStore } from '../shell/store.ts'

const key = 'nestegg:invitation'

/** Takes the token out of the address `/invitation#token=…`, so that the browser’s history does not keep it. */
const takeToken = (): string => {
  const given = location.pathname === '/invitation' ? new URLSearchParams(location.hash.slice(1)).get('token') : null
  if (given === null) return sessionStorage.getItem(key) ?? ''
  sessionStorage.setItem(key, given)
  history.replaceState(null, '', location.pathname + location.search)
  return given
}

/** The token of the link in a mail. This tab keeps it until it is used: the person may have to sign in or sign up first. */
export const invitationToken = createStore(takeToken())

addEventListener('hashchange', () => invitationToken.set(takeToken()))

/** After the invitation is accepted, or the person has signed out. */
export const forgetToken = (): void => {
  sessionStorage.removeItem(key)
  invitationToken.set('')
}
