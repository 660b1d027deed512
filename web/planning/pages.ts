import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles } from '#messages/planning'
import { titles as results } from '#messages/plan-results'

export const planningPages: readonly PageDeclaration[] = [
  {
    path: '/plans',
    title: titles.plans,
    load: () => import('./plans-page.tsx'),
    navigation: { group: 'planning', icon: 'plan' },
    shortcut: 'p',
  },
  { path: '/plans/new', title: titles.newPlan, load: () => import('./new/new-page.tsx') },
  { path: '/plans/:planId', title: results.result, load: () => import('./show/plan-result-page.tsx') },
  { path: '/plans/:planId/what-if', title: results.whatIf, load: () => import('./show/what-if-page.tsx') },
  { path: '/plans/:planId/compare', title: results.compare, load: () => import('./show/compare-page.tsx') },
  { path: '/plans/:planId/ask', title: results.ask, load: () => import('./show/ask-page.tsx') },
  { path: '/plans/:planId/paths/:pathIndex', title: results.path, load: () => import('./show/path-page.tsx') },
  { path: '/plans/:planId/actual', title: results.actual, load: () => import('./show/actual-page.tsx') },
  { path: '/plans/:planId/edit', title: titles.editPlan, load: () => import('./edit/edit-page.tsx') },
  { path: '/plans/:planId/history', title: titles.planHistory, load: () => import('./history/history-page.tsx') },
]
