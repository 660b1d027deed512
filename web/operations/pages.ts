import type { PageDeclaration } from '../shell/page-declaration.ts'
import { policyForm, titles as operator } from '#messages/operator'
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
  {
    path: '/operator',
    title: operator.health,
    load: () => import('./operator/health-page.tsx'),
    navigation: { group: 'operator', icon: 'operator' },
    shortcut: 'o',
    administrators: true,
  },
  {
    path: '/operator/jobs',
    title: operator.jobs,
    load: () => import('./operator/jobs-page.tsx'),
    navigation: { group: 'operator', icon: 'settings' },
    administrators: true,
  },
  {
    path: '/operator/backups',
    title: operator.backups,
    load: () => import('./operator/backups-page.tsx'),
    navigation: { group: 'operator', icon: 'archive' },
    administrators: true,
  },
  {
    path: '/operator/events',
    title: operator.events,
    load: () => import('./operator/events-page.tsx'),
    navigation: { group: 'operator', icon: 'alert' },
    administrators: true,
  },
  {
    path: '/operator/retention',
    title: operator.retention,
    load: () => import('./operator/retention-page.tsx'),
    navigation: { group: 'operator', icon: 'clock' },
    administrators: true,
  },
  {
    path: '/operator/retention/new',
    title: policyForm.make,
    load: () => import('./operator/new-policy-page.tsx'),
    administrators: true,
  },
  {
    path: '/operator/retention/:policyId',
    title: operator.policy,
    load: () => import('./operator/policy-page.tsx'),
    administrators: true,
  },
  {
    path: '/operator/audit',
    title: operator.audit,
    load: () => import('./operator/audit-page.tsx'),
    navigation: { group: 'operator', icon: 'search' },
    administrators: true,
  },
  {
    path: '/operator/users',
    title: operator.users,
    load: () => import('./operator/users-page.tsx'),
    navigation: { group: 'operator', icon: 'user' },
    administrators: true,
  },
  { path: '/good-bye', title: trust.goodBye, load: () => import('./trust/good-bye-page.tsx'), open: true },
]
