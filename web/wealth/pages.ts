import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles as review } from '#messages/review'
import { titles as rules } from '#messages/rules'

export const wealthPages: readonly PageDeclaration[] = [
  {
    path: '/transactions/review',
    title: review.review,
    load: () => import('./review/review-page.tsx'),
    navigation: { group: 'household', icon: 'exchange' },
  },
  { path: '/rules', title: rules.rules, load: () => import('./rules/rules-page.tsx'), navigation: { group: 'household', icon: 'check' } },
  { path: '/rules/new', title: rules.newRule, load: () => import('./rules/rule-page.tsx') },
  { path: '/rules/:ruleId', title: rules.rule, load: () => import('./rules/rule-page.tsx') },
]
