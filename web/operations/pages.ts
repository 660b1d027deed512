import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles as trust } from '#messages/trust'

export const operationsPages: readonly PageDeclaration[] = [
  {
    path: '/activity',
    title: trust.activity,
    load: () => import('./trust/activity-page.tsx'),
    navigation: { group: 'trust', icon: 'clock' },
    shortcut: 'a',
  },
  { path: '/my-data', title: trust.myData, load: () => import('./trust/my-data-page.tsx'), navigation: { group: 'trust', icon: 'trust' } },
  { path: '/good-bye', title: trust.goodBye, load: () => import('./trust/good-bye-page.tsx'), open: true },
]
