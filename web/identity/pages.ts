import type { PageDeclaration } from '../shell/pages.ts'
import { titles } from '#messages/identity'

export const identityPages: readonly PageDeclaration[] = [
  { path: '/sign-in', title: titles.signIn, load: () => import('./sign-in-page.tsx'), open: true },
]
