// What each action loads that uses GitHub's toolkit, and nothing of its own: see startup.ts.

import { getInput, setFailed } from '@actions/core';
import { HttpClient } from '@actions/http-client';

if (getInput('operation') === '') setFailed(`Nothing to do with ${HttpClient.name}.`);
