import '../styles/base.css'
import '../styles/tokens.css'
// Before anything leads to another address: the token of an invitation is in this one.
import '../identity/invitation-token.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from './api.ts'
import { App } from './app.tsx'
import { applyTheme, lastTheme } from './preferences.ts'
import { resumeSession } from './session.ts'

applyTheme(lastTheme.get())
void resumeSession()
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
