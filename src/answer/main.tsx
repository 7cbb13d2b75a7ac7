import { render } from 'preact';
import { AnswerPage } from './page';
import { connect } from './connection';
import './answer.css';

const root = document.getElementById('root');
if (root !== null) {
  const connection = connect();
  connection.onView((view) =>
    render(<AnswerPage view={view} send={(message) => connection.send(message)} />, root),
  );
}
