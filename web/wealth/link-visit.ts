const key = 'nestegg:link-visit'

/** A visit to the page of Plaid that was begun in this tab: to connect an institution, or to sign in there again. */
export type LinkVisit =
  | { readonly kind: 'connect'; readonly householdId: string; readonly linkToken: string }
  | { readonly kind: 'sign-in'; readonly connectionId: string; readonly name: string }

/** Leaves for the page of Plaid, which leads back to the page of connections. */
export const leaveFor = (url: string, visit: LinkVisit): void => {
  sessionStorage.setItem(key, JSON.stringify(visit))
  location.assign(url)
}

/** The visit from which the person has come back. */
export const readLinkVisit = (): LinkVisit | undefined => {
  const kept = sessionStorage.getItem(key)
  return kept === null ? undefined : (JSON.parse(kept) as LinkVisit)
}

export const forgetLinkVisit = (): void => sessionStorage.removeItem(key)
