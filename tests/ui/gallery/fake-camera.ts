/** A moving picture without a camera: a pump with a gauge, or a face. */
export function createFakeCamera(subject: 'pump' | 'face' | 'page', width = 1280, height = 720): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws no canvas');
  const draw = { pump: drawPump, face: drawFace, page: drawPage }[subject];
  let turn = 0;
  const frame = () => {
    turn += 1;
    context.setTransform(width / 1280, 0, 0, height / 720, 0, 0);
    draw(context, turn);
    requestAnimationFrame(frame);
  };
  frame();
  return canvas.captureStream(15);
}

function drawPump(context: CanvasRenderingContext2D, turn: number): void {
  const wall = context.createLinearGradient(0, 0, 0, 720);
  wall.addColorStop(0, '#4a5660');
  wall.addColorStop(1, '#22282d');
  context.fillStyle = wall;
  context.fillRect(0, 0, 1280, 720);
  context.fillStyle = '#7b8b98';
  context.fillRect(0, 190, 1280, 80);
  context.fillStyle = '#2b6f8c';
  context.beginPath();
  context.roundRect(460, 120, 360, 460, 40);
  context.fill();
  context.fillStyle = '#eee';
  context.beginPath();
  context.arc(640, 240, 70, 0, 7);
  context.fill();
  context.strokeStyle = '#c8202f';
  context.lineWidth = 8;
  context.beginPath();
  context.moveTo(640, 240);
  context.lineTo(640 + Math.cos(turn / 20) * 56, 240 + Math.sin(turn / 20) * 56);
  context.stroke();
  context.fillStyle = '#bfe3f2';
  context.font = '600 44px sans-serif';
  context.fillText('P-204', 575, 420);
}

function drawFace(context: CanvasRenderingContext2D): void {
  context.fillStyle = '#c9d1d6';
  context.fillRect(0, 0, 1280, 720);
  context.fillStyle = '#2d5a5a';
  context.beginPath();
  context.ellipse(640, 760, 330, 240, 0, 0, 7);
  context.fill();
  context.fillStyle = '#e2b48f';
  context.beginPath();
  context.arc(640, 330, 160, 0, 7);
  context.fill();
  context.fillStyle = '#5b4632';
  context.beginPath();
  context.arc(640, 290, 165, Math.PI, 0);
  context.fill();
}

function drawPage(context: CanvasRenderingContext2D): void {
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 1280, 720);
  context.fillStyle = '#14181d';
  context.font = '700 48px sans-serif';
  context.fillText('Nordlicht · Payment', 80, 120);
  context.fillStyle = '#dfe4ea';
  for (let row = 0; row < 5; row += 1) context.fillRect(80, 190 + row * 90, 1120 - row * 120, 40);
}
