import { render } from 'preact';
import { acquirePageApi } from '../pages/vscode-api';
import { connect } from './connection';
import { AnswerPage } from './page';
import type { FromAnswerPage } from './protocol';
import '../pages/base.css';
import './styles/page.css';
import './styles/block.css';
import './styles/markdown.css';

const root = document.getElementById('root');
if (root !== null) {
  const api = acquirePageApi<FromAnswerPage>();
  connect(api, (view) => render(<AnswerPage view={view} api={api} />, root));
}
