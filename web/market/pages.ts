import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles } from '#messages/market'

export const marketPages: readonly PageDeclaration[] = [
  {
    path: '/market',
    title: titles.instruments,
    load: () => import('./instruments-page.tsx'),
    navigation: { group: 'market', icon: 'market' },
    shortcut: 'm',
  },
  {
    path: '/market/benchmarks',
    title: titles.benchmarks,
    load: () => import('./benchmarks-page.tsx'),
    navigation: { group: 'market', icon: 'assumptions' },
  },
  { path: '/market/fx', title: titles.fx, load: () => import('./fx-page.tsx'), navigation: { group: 'market', icon: 'exchange' } },
  {
    path: '/market/load',
    title: titles.load,
    load: () => import('./load-page.tsx'),
    navigation: { group: 'market', icon: 'plus' },
    administrators: true,
  },
  { path: '/market/:symbol', title: titles.instrument, load: () => import('./instrument-page.tsx') },
]
