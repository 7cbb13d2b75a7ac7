import { render } from 'preact';
import { acquirePageApi } from '../pages/vscode-api';
import { App } from './app';
import type { FromDashboardPage } from './protocol';
import '../pages/base.css';
import './styles/page.css';
import './styles/figures.css';
import './styles/chart.css';
import './styles/recent.css';
import './styles/narrow.css';

const root = document.getElementById('root');
if (root !== null) render(<App api={acquirePageApi<FromDashboardPage>()} />, root);
