/** A path of this application only: a link must not lead to another site after sign-in. */
export const ownPath = (to: string | null): string => (to !== null && /^\/(?![/\\])/.test(to) ? to : '/')
