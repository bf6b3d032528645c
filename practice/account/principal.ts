/** Who asks. */
export type Principal =
	/** The one administrator of an account: never evaluated. An IAM user to every client. */
	| { kind: 'administrator'; arn: string; id: string }
	| { kind: 'user'; name: string; arn: string; id: string }
	/** A role that was assumed. */
	| {
			kind: 'session';
			role: string;
			roleArn: string;
			name: string;
			/** `arn:aws:sts::…:assumed-role/<role>/<session>` */
			arn: string;
			/** `AROA…:<session>` */
			id: string;
			/** Session policies as JSON, which can only take away. */
			policies?: string[];
			tags?: Record<string, string>;
	  }
	/** An AWS service on its own behalf: `cloudformation.amazonaws.com`. */
	| { kind: 'service'; service: string; arn: string; id: string }
	| { kind: 'anonymous'; arn: '*'; id: 'ANONYMOUS_PRINCIPAL' };
