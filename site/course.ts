import type { Chapter } from '../labs/lab.ts';

/** A text in the languages of the site. */
export interface Text {
	en: string;
	vi: string;
}

/** The chapters in the order of the page, and the lane of the map that each runs in; the first and last span all lanes. */
export const chapters: readonly { id: Chapter; title: Text; lane: number }[] = [
	{ id: 'start', title: { en: 'Start', vi: 'Bắt đầu' }, lane: 1 },
	{ id: 'iac', title: { en: 'Infrastructure as code', vi: 'Hạ tầng dưới dạng mã' }, lane: 1 },
	{ id: 'first-look', title: { en: 'First look', vi: 'Cái nhìn đầu tiên' }, lane: 4 },
	{ id: 'ci-cd', title: { en: 'CI/CD', vi: 'CI/CD' }, lane: 2 },
	{ id: 'containers', title: { en: 'Containers', vi: 'Container' }, lane: 3 },
	{ id: 'observability', title: { en: 'Observability', vi: 'Khả năng quan sát' }, lane: 4 },
	{ id: 'capstone', title: { en: 'Capstone', vi: 'Bài tổng kết' }, lane: 2 },
];

/** A lab of the course, written or planned. What a written lab's own lab.ts says outranks this. */
export interface Planned {
	slug: string;
	chapter: Chapter;
	title: Text;
	summary: Text;
	prerequisites: readonly string[];
	/** Part of the path for everybody. */
	spine?: true;
}

export const course: readonly Planned[] = [
	{
		slug: 'get-ready',
		chapter: 'start',
		title: { en: 'Get ready', vi: 'Sẵn sàng' },
		summary: {
			en: 'First deploy, first red check, first repair, and nothing left behind.',
			vi: 'Lần triển khai đầu tiên, lần kiểm tra đỏ đầu tiên, lần sửa đầu tiên, và không để lại gì.',
		},
		prerequisites: [],
		spine: true,
	},
	{
		slug: 'your-account',
		chapter: 'start',
		title: { en: 'Your own account', vi: 'Tài khoản của riêng bạn' },
		summary: {
			en: 'Optional: sign-in, MFA, a budget and bootstrap for a real account.',
			vi: 'Tùy chọn: đăng nhập, MFA, ngân sách và bootstrap cho một tài khoản thật.',
		},
		prerequisites: ['get-ready'],
	},
	{
		slug: 'iac-stack',
		chapter: 'iac',
		title: { en: 'A template through its life', vi: 'Vòng đời của một template' },
		summary: {
			en: 'Change sets, a failed update and its rollback, replacement, deletion policy.',
			vi: 'Change set, một lần cập nhật hỏng và rollback, thay thế, chính sách xóa.',
		},
		prerequisites: ['get-ready'],
		spine: true,
	},
	{
		slug: 'iac-cdk',
		chapter: 'iac',
		title: { en: 'The same again in CDK', vi: 'Làm lại bằng CDK' },
		summary: {
			en: 'Rewrite the template in CDK, and prove it with a diff that is empty.',
			vi: 'Viết lại template bằng CDK và chứng minh bằng một diff rỗng.',
		},
		prerequisites: ['iac-stack'],
		spine: true,
	},
	{
		slug: 'iac-drift',
		chapter: 'iac',
		title: { en: 'Somebody changed it by hand', vi: 'Có người đã sửa bằng tay' },
		summary: {
			en: 'Detect drift, find who, decide who is right, adopt or repair.',
			vi: 'Phát hiện drift, tìm ra ai, quyết định ai đúng, rồi nhận lấy hoặc sửa lại.',
		},
		prerequisites: ['iac-cdk'],
		spine: true,
	},
	{
		slug: 'iac-rescue',
		chapter: 'iac',
		title: { en: 'Stuck stacks', vi: 'Những stack mắc kẹt' },
		summary: {
			en: 'Rollback failed, delete failed, an export in use: the way out of each.',
			vi: 'Rollback hỏng, xóa hỏng, export đang được dùng: lối ra cho từng trường hợp.',
		},
		prerequisites: ['iac-drift'],
	},
	{
		slug: 'iac-permissions',
		chapter: 'iac',
		title: { en: 'Read a denial', vi: 'Đọc một lời từ chối' },
		summary: {
			en: 'Find the policy that said no, repair with a grant, scope a role down.',
			vi: 'Tìm chính sách đã từ chối, sửa bằng một grant, thu hẹp một vai trò.',
		},
		prerequisites: ['iac-cdk'],
	},
	{
		slug: 'iac-patterns',
		chapter: 'iac',
		title: { en: 'A construct to reuse', vi: 'Một construct để dùng lại' },
		summary: {
			en: 'A reusable construct with its tests, a mixin and an aspect.',
			vi: 'Một construct dùng lại được, kèm test, một mixin và một aspect.',
		},
		prerequisites: ['iac-cdk'],
	},
	{
		slug: 'iac-languages',
		chapter: 'iac',
		title: { en: 'One construct, several languages', vi: 'Một construct, nhiều ngôn ngữ' },
		summary: {
			en: 'The same construct used from TypeScript and Python; Java and Go to read.',
			vi: 'Cùng một construct dùng từ TypeScript và Python; Java và Go để đọc.',
		},
		prerequisites: ['iac-patterns'],
	},
	{
		slug: 'iac-choose',
		chapter: 'iac',
		title: { en: 'Choose the tool', vi: 'Chọn công cụ' },
		summary: {
			en: 'CloudFormation, CDK, SAM or Terraform: a decision exercise.',
			vi: 'CloudFormation, CDK, SAM hay Terraform: một bài tập ra quyết định.',
		},
		prerequisites: ['iac-cdk'],
	},
	{
		slug: 'observe-first',
		chapter: 'first-look',
		title: { en: 'Watch what already runs', vi: 'Quan sát cái đang chạy' },
		summary: {
			en: 'A structured log, one metric and one alarm, from the beginning.',
			vi: 'Một log có cấu trúc, một metric và một cảnh báo, ngay từ đầu.',
		},
		prerequisites: ['iac-cdk'],
		spine: true,
	},
	{
		slug: 'ci-source',
		chapter: 'ci-cd',
		title: { en: 'Source and review', vi: 'Mã nguồn và duyệt mã' },
		summary: {
			en: 'CodeCommit: branch, pull request, and what really stops a push to main.',
			vi: 'CodeCommit: nhánh, pull request, và điều thật sự chặn một lần push vào main.',
		},
		prerequisites: ['iac-cdk'],
	},
	{
		slug: 'ci-build',
		chapter: 'ci-cd',
		title: { en: 'A build you can trust', vi: 'Một bản build đáng tin' },
		summary: {
			en: 'CodeBuild with unit tests and reports; a red build; a secret that leaked.',
			vi: 'CodeBuild với unit test và báo cáo; một bản build đỏ; một bí mật bị lộ.',
		},
		prerequisites: ['iac-cdk'],
		spine: true,
	},
	{
		slug: 'cd-pipeline',
		chapter: 'ci-cd',
		title: { en: 'A push ships', vi: 'Push là phát hành' },
		summary: {
			en: 'Build, test environment, approval, release, and a rollback when it lies.',
			vi: 'Build, môi trường thử, phê duyệt, phát hành, và rollback khi nó nói dối.',
		},
		prerequisites: ['ci-build'],
		spine: true,
	},
	{
		slug: 'ci-oidc',
		chapter: 'ci-cd',
		title: { en: 'No stored keys', vi: 'Không lưu khóa' },
		summary: {
			en: 'GitHub Actions over OIDC, and a trust policy that is too wide.',
			vi: 'GitHub Actions qua OIDC, và một trust policy quá rộng.',
		},
		prerequisites: ['ci-build', 'iac-permissions'],
	},
	{
		slug: 'cd-canary',
		chapter: 'ci-cd',
		title: { en: 'Ten per cent first', vi: 'Mười phần trăm trước' },
		summary: {
			en: 'CodeDeploy on Lambda: a canary, and the alarm that rolls it back.',
			vi: 'CodeDeploy trên Lambda: một canary, và cảnh báo kéo nó lùi lại.',
		},
		prerequisites: ['cd-pipeline', 'observe-first'],
		spine: true,
	},
	{
		slug: 'cd-blue-green',
		chapter: 'ci-cd',
		title: { en: 'Blue and green', vi: 'Xanh lam và xanh lục' },
		summary: {
			en: 'ECS blue/green: test traffic, shift, bake, roll back.',
			vi: 'ECS blue/green: lưu lượng thử, chuyển, chờ, quay lui.',
		},
		prerequisites: ['container-service', 'cd-canary'],
		spine: true,
	},
	{
		slug: 'cd-rolling',
		chapter: 'ci-cd',
		title: { en: 'Half at a time', vi: 'Mỗi lần một nửa' },
		summary: {
			en: 'CodeDeploy in place on a fleet, with ECS rolling for comparison.',
			vi: 'CodeDeploy tại chỗ trên một đội máy, so với ECS rolling.',
		},
		prerequisites: ['cd-pipeline'],
	},
	{
		slug: 'cd-environments',
		chapter: 'ci-cd',
		title: { en: 'Promote, do not rebuild', vi: 'Thăng hạng, đừng build lại' },
		summary: {
			en: 'One artifact carried through several accounts.',
			vi: 'Một artifact đi qua nhiều tài khoản.',
		},
		prerequisites: ['cd-pipeline'],
	},
	{
		slug: 'container-image',
		chapter: 'containers',
		title: { en: 'A small image', vi: 'Một image nhỏ gọn' },
		summary: {
			en: 'Docker: layers, a user that is not root, a health check.',
			vi: 'Docker: các lớp, người dùng không phải root, health check.',
		},
		prerequisites: ['get-ready'],
		spine: true,
	},
	{
		slug: 'container-registry',
		chapter: 'containers',
		title: { en: 'Push, scan, sign', vi: 'Đẩy, quét, ký' },
		summary: {
			en: 'ECR: fix what the scan found, preview a lifecycle policy, sign an image.',
			vi: 'ECR: sửa điều lần quét tìm ra, xem trước lifecycle policy, ký image.',
		},
		prerequisites: ['container-image'],
	},
	{
		slug: 'container-service',
		chapter: 'containers',
		title: { en: 'A service on Fargate', vi: 'Một dịch vụ trên Fargate' },
		summary: {
			en: 'ECS: tasks, load balancer, scaling, Service Connect, circuit breaker.',
			vi: 'ECS: task, cân bằng tải, co giãn, Service Connect, circuit breaker.',
		},
		prerequisites: ['container-image', 'iac-cdk'],
		spine: true,
	},
	{
		slug: 'container-kubernetes',
		chapter: 'containers',
		title: { en: 'The same on Kubernetes', vi: 'Cũng thế trên Kubernetes' },
		summary: {
			en: 'EKS: cluster, deployment, service discovery, autoscaling.',
			vi: 'EKS: cluster, deployment, khám phá dịch vụ, tự co giãn.',
		},
		prerequisites: ['container-service'],
	},
	{
		slug: 'container-express',
		chapter: 'containers',
		title: { en: 'The short way, compared', vi: 'Con đường ngắn, đem so sánh' },
		summary: {
			en: 'App Runner to read, ECS Express Mode to do, all three side by side.',
			vi: 'App Runner để đọc, ECS Express Mode để làm, cả ba đặt cạnh nhau.',
		},
		prerequisites: ['container-service'],
	},
	{
		slug: 'observe-metrics',
		chapter: 'observability',
		title: { en: 'A dashboard that answers', vi: 'Dashboard biết trả lời' },
		summary: {
			en: 'Embedded metric format, and a dashboard built around one question.',
			vi: 'Embedded metric format, và một dashboard dựng quanh một câu hỏi.',
		},
		prerequisites: ['observe-first'],
	},
	{
		slug: 'observe-logs',
		chapter: 'observability',
		title: { en: 'Ask the logs', vi: 'Hỏi các log' },
		summary: {
			en: 'Logs Insights, metric filters, and what retention costs.',
			vi: 'Logs Insights, metric filter, và giá của việc lưu giữ.',
		},
		prerequisites: ['observe-first'],
	},
	{
		slug: 'observe-alarms',
		chapter: 'observability',
		title: { en: 'A game day', vi: 'Ngày diễn tập sự cố' },
		summary: {
			en: 'Alarms that act; measure your own time to detect and to restore.',
			vi: 'Cảnh báo biết hành động; đo thời gian phát hiện và khôi phục của chính bạn.',
		},
		prerequisites: ['observe-first'],
		spine: true,
	},
	{
		slug: 'observe-traces',
		chapter: 'observability',
		title: { en: 'Find the slow hop', vi: 'Tìm chặng chậm' },
		summary: {
			en: 'OpenTelemetry to X-Ray, from a symptom to the line of code.',
			vi: 'OpenTelemetry đến X-Ray, từ triệu chứng đến dòng mã.',
		},
		prerequisites: ['observe-first', 'container-service'],
		spine: true,
	},
	{
		slug: 'capstone',
		chapter: 'capstone',
		title: { en: 'Launch', vi: 'Hạ thủy' },
		summary: {
			en: 'Microservices on ECS, shipped blue/green, watched, with your own four DORA figures.',
			vi: 'Microservice trên ECS, phát hành blue/green, được quan sát, với bốn chỉ số DORA của riêng bạn.',
		},
		prerequisites: ['cd-blue-green', 'observe-alarms', 'observe-traces'],
		spine: true,
	},
];
