/** Draws the application into the page. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import '../theme/theme.css';
import '../widgets/widgets.css';
import './layout.css';

/** Draws the application into `root`. */
export function startApp(root: HTMLElement): void {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
