import type { PageDeclaration } from '../shell/page-declaration.ts'
import { titles } from '#messages/market'
import { benchmarkForm, fxLoad, instrumentForm } from '#messages/market-forms'

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
  {
    path: '/market/benchmarks/new',
    title: benchmarkForm.make,
    load: () => import('./new-benchmark-page.tsx'),
    administrators: true,
  },
  {
    path: '/market/benchmarks/:symbol',
    title: benchmarkForm.title,
    load: () => import('./benchmark-page.tsx'),
    administrators: true,
  },
  { path: '/market/fx/load', title: fxLoad.title, load: () => import('./fx-load-page.tsx'), administrators: true },
  { path: '/market/fx', title: titles.fx, load: () => import('./fx-page.tsx'), navigation: { group: 'market', icon: 'exchange' } },
  {
    path: '/market/load',
    title: titles.load,
    load: () => import('./load-page.tsx'),
    navigation: { group: 'market', icon: 'plus' },
    administrators: true,
  },
  { path: '/market/new', title: instrumentForm.make, load: () => import('./new-instrument-page.tsx'), administrators: true },
  {
    path: '/market/:symbol/change',
    title: titles.changeInstrument,
    load: () => import('./change-instrument-page.tsx'),
    administrators: true,
  },
  { path: '/market/:symbol', title: titles.instrument, load: () => import('./instrument-page.tsx') },
]
