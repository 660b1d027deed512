import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles as assumptions } from '#messages/plan-assumptions'
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
  {
    path: '/assumptions',
    title: assumptions.sets,
    load: () => import('./assumptions/assumptions-page.tsx'),
    navigation: { group: 'planning', icon: 'assumptions' },
    shortcut: 'c',
  },
  { path: '/assumptions/new', title: assumptions.newSet, load: () => import('./assumptions/new-set-page.tsx') },
  { path: '/assumptions/models/new', title: assumptions.newModel, load: () => import('./assumptions/new-model-page.tsx') },
  { path: '/assumptions/models/:portfolioModelId', title: assumptions.model, load: () => import('./assumptions/model-page.tsx') },
  { path: '/assumptions/:assumptionSetId', title: assumptions.set, load: () => import('./assumptions/set-page.tsx') },
]
