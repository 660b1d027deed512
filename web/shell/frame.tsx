import { type ReactNode, useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { IconButton } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountMenu } from './account-menu.tsx'
import { useApi } from './api.ts'
import { ConnectionNotice } from './connection-notice.tsx'
import styles from './frame.module.css'
import type { Group } from './page-declaration.ts'
import type { Page } from './pages.ts'
import { Palette } from './palette.tsx'
import { applyTheme, privacyMode } from './preferences.ts'
import { ShortcutList, useShortcuts } from './shortcuts.tsx'
import { useStore } from './store.ts'
import { useVisiblePages } from './visible-pages.ts'
import { Toasts } from './toast-list.tsx'
import { RunTray } from './tray.tsx'
import * as m from '#messages/shell'

/** The path of the navigation that leads to an address: the longest that it begins with. */
const currentPath = (paths: readonly string[], location: string): string | undefined =>
  paths
    .filter(path => (path === '/' ? location === '/' : location === path || location.startsWith(`${path}/`)))
    .toSorted((left, right) => right.length - left.length)[0]

const NavigationLink = ({
  current,
  onGo,
  page: { navigation, path, title },
}: {
  readonly page: Page
  readonly current: boolean
  readonly onGo: () => void
}) => (
  <li>
    <Link href={path} className={styles['link']} aria-current={current ? 'page' : undefined} onClick={onGo}>
      {navigation && <Icon name={navigation.icon} />}
      <span>{title}</span>
    </Link>
  </li>
)

const Navigation = ({ label, onGo }: { readonly label: string; readonly onGo: () => void }) => {
  const [location] = useLocation()
  const visible = useVisiblePages().filter(page => page.navigation)
  const current = currentPath(
    visible.map(page => page.path),
    location,
  )
  const groups = [...Map.groupBy(visible, page => page.navigation!.group)] as [Group, Page[]][]
  return (
    <nav aria-label={label} className={styles['navigation']}>
      {groups.map(([group, members]) => (
        <div key={group}>
          <h2 className={styles['group']}>{m.navigation.groups[group]}</h2>
          <ul>
            {members.map(page => (
              <NavigationLink key={page.path} page={page} current={page.path === current} onGo={onGo} />
            ))}
          </ul>
        </div>
      ))}
      <a className={styles['link']} href="/docs">
        <Icon name="api" />
        <span>{m.navigation.api}</span>
      </a>
    </nav>
  )
}

/** What is around every page: navigation, search, privacy, runs in progress, account, messages. */
export const Frame = ({ children }: { readonly children: ReactNode }) => {
  const [menuOpen, setMenuOpen] = useState(false)
  const hidden = useStore(privacyMode)
  const { data: preferences } = useApi('GET /v1/identity/preferences', {}, { staleTime: 300_000 })
  const { closeOverlay, overlay, show } = useShortcuts()
  const theme = preferences?.theme
  useEffect(() => {
    if (theme) applyTheme(theme)
  }, [theme])
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#content">
        {m.app.skip}
      </a>
      <header className={`${styles['top']} no-print`}>
        <span className={styles['menu']}>
          <IconButton icon="menu" label={m.navigation.more} aria-expanded={menuOpen} onClick={() => setMenuOpen(!menuOpen)} />
        </span>
        <Link href="/" className={styles['brand']}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          <span>{m.app.name}</span>
        </Link>
        <button type="button" className={styles['search']} onClick={() => show('palette')}>
          <Icon name="search" />
          <span className={styles['searchWords']}>{m.palette.open}</span>
          <kbd>Ctrl K</kbd>
        </button>
        <RunTray />
        <IconButton
          icon={hidden ? 'eye-off' : 'eye'}
          label={hidden ? m.account.privacyOn : m.account.privacyOff}
          aria-pressed={hidden}
          onClick={() => privacyMode.set(!hidden)}
        />
        <AccountMenu />
      </header>
      <div className={`${styles['side']} ${menuOpen ? styles['open'] : ''} no-print`}>
        <Navigation label={m.navigation.main} onGo={() => setMenuOpen(false)} />
      </div>
      <main id="content" className={styles['content']}>
        <ConnectionNotice />
        {children}
      </main>
      <Toasts />
      {overlay === 'palette' && <Palette onClose={closeOverlay} />}
      {overlay === 'help' && <ShortcutList onClose={closeOverlay} />}
    </div>
  )
}
